//! The program on this device: a new version, use without network, installing. `public/offline.js` does the work.

use crate::core::lang::Lang;
use crate::io::loader;
use crate::ui::job::wait;
use crate::ui::state::{AppState, SaveState, app};
use leptos::prelude::*;
use leptos::task::spawn_local;

struct Text {
    new_version: &'static str,
    all_saved: &'static str,
    not_kept: &'static str,
    not_saved: &'static str,
    choose_again: &'static str,
    reload: &'static str,
    reload_anyway: &'static str,
    later: &'static str,
    title: &'static str,
    soon: &'static str,
    storing: fn(&str) -> String,
    ready: &'static str,
    failed: &'static str,
    unavailable: &'static str,
    install: &'static str,
    install_help: &'static str,
    install_ios: &'static str,
}

static EN: Text = Text {
    new_version: "A new version of Quintile is ready on this device.",
    all_saved: "What you have entered is saved and stays.",
    not_kept: "This session keeps nothing: reloading loses what you have imported and entered. Save the workspace to a \
               file first, or go on with this version.",
    not_saved: "Your last changes could not be saved, and reloading loses them. Save the workspace to a file first.",
    choose_again: "The file that is not imported yet will have to be chosen again.",
    reload: "Reload",
    reload_anyway: "Reload anyway",
    later: "Later",
    title: "Without network",
    soon: "Quintile is stored in this browser soon after the start; then it works without network.",
    storing: |files| {
        format!("Quintile is being stored in this browser, to work without network ({files} files)…")
    },
    ready: "Quintile is stored in this browser as a whole and works without network.",
    failed: "Quintile is not stored as a whole yet; the browser will try again by itself. Stay connected until then.",
    unavailable: "This browser does not let Quintile be stored here (a private window, or an address without https), so \
                  it needs the network.",
    install: "Install Quintile",
    install_help: "Adds Quintile to the apps of this device, with a window of its own.",
    install_ios: "On iPhone and iPad: Share, then “Add to Home Screen”.",
};

static ZH_HANT: Text = Text {
    new_version: "Quintile 的新版本已經下載到這台裝置。",
    all_saved: "您輸入的內容都已儲存，重新載入後仍在。",
    not_kept: "這次使用不保留任何資料：重新載入會失去匯入與輸入的內容。請先把工作區存成檔案，或繼續使用目前的版本。",
    not_saved: "最近的變更沒有儲存成功，重新載入會失去。請先把工作區存成檔案。",
    choose_again: "尚未匯入的檔案需要重新選擇。",
    reload: "重新載入",
    reload_anyway: "仍要重新載入",
    later: "稍後",
    title: "離線使用",
    soon: "啟動後不久，Quintile 會存到這個瀏覽器裡，之後沒有網路也能使用。",
    storing: |files| format!("正在把 Quintile 存到這個瀏覽器，以便離線使用（{files} 個檔案）…"),
    ready: "Quintile 已完整存在這個瀏覽器裡，沒有網路也能使用。",
    failed: "Quintile 還沒有完整存好，瀏覽器會自動再試；在此之前請保持連線。",
    unavailable: "這個瀏覽器無法儲存 Quintile（無痕視窗，或網址不是 https），因此需要網路才能使用。",
    install: "安裝 Quintile",
    install_help: "把 Quintile 加入這台裝置的應用程式，以獨立視窗開啟。",
    install_ios: "iPhone 與 iPad：點選「分享」，再選「加入主畫面」。",
};

fn text(lang: Lang) -> &'static Text {
    lang.pick(&EN, &ZH_HANT)
}

/// How the program stands on this device.
#[derive(Clone, Default, PartialEq)]
struct Standing {
    /// As `offline.js` says it.
    offline: String,
    new_version: bool,
    can_install: bool,
    /// The person goes on with this version for now.
    later: bool,
}

/// Follows what the loader's script finds out.
pub fn follow(app: AppState) {
    let look = move || {
        app.lasting::<Standing>().update(|standing| {
            standing.offline = loader::offline_state("offline");
            standing.new_version = loader::offline_state("update") == "ready";
            standing.can_install = loader::offline_state("install") == "ready";
        });
    };
    look();
    loader::on_offline_change(look);
}

/// Tells that another version is ready, until the person takes it or puts it off.
#[component]
pub fn NewVersion() -> impl IntoView {
    let app = app();
    let standing = app.lasting::<Standing>();
    let shown = {
        let standing = standing.clone();
        move || standing.with(|standing| standing.new_version && !standing.later)
    };
    let text = move || text(app.lang.get());
    let is_kept = move || matches!(app.saved.get(), SaveState::Saving | SaveState::Saved(_));
    let what_becomes_of_it = move || match app.saved.get() {
        SaveState::KeepsNothing => text().not_kept,
        _ if !is_kept() => text().not_saved,
        _ => text().all_saved,
    };
    view! {
        <Show when=shown>
            <div class="notice notice-version">
                <p>{move || {
                    let sentences = [Some(text().new_version), Some(what_becomes_of_it()), app.picked.get().map(|_| text().choose_again)];
                    // Chinese sentences follow one another without a space.
                    sentences.into_iter().flatten().collect::<Vec<_>>().join(app.lang.get().pick(" ", ""))
                }}</p>
                <button type="button" class="quiet" on:click=move |_| reload(app)>
                    {move || if is_kept() { text().reload } else { text().reload_anyway }}
                </button>
                <button type="button" class="quiet" on:click={
                    let standing = standing.clone();
                    move |_| standing.update(|standing| standing.later = true)
                }>{move || text().later}</button>
            </div>
        </Show>
    }
}

/// Loads the new version once everything is on the disk.
fn reload(app: AppState) {
    spawn_local(async move {
        for _ in 0..100 {
            if app.saved.get_untracked() != SaveState::Saving {
                break;
            }
            wait(50).await;
        }
        loader::update();
    });
}

/// Whether the program works without network here, and installing it.
#[component]
pub fn OfflineCard() -> impl IntoView {
    let app = app();
    let standing = app.lasting::<Standing>();
    let text = move || text(app.lang.get());
    let stands = move || {
        let offline = standing.with(|standing| standing.offline.clone());
        match offline.split_once(' ') {
            Some((_, files)) => (text().storing)(files),
            None => match offline.as_str() {
                "ready" => text().ready,
                "failed" => text().failed,
                "unavailable" => text().unavailable,
                _ => text().soon,
            }
            .to_string(),
        }
    };
    view! {
        <section class="card">
            <h2>{move || text().title}</h2>
            <p class="offline-state" role="status">{stands}</p>
            <InstallButton/>
            <Show when=is_ios>
                <p class="field-help">{move || text().install_ios}</p>
            </Show>
        </section>
    }
}

/// Shown where the browser offers to install the program.
#[component]
pub fn InstallButton() -> impl IntoView {
    let app = app();
    let standing = app.lasting::<Standing>();
    let text = move || text(app.lang.get());
    view! {
        <Show when=move || standing.with(|standing| standing.can_install)>
            <button type="button" class="install" title=move || text().install_help
                on:click=move |_| loader::install()>{move || text().install}</button>
        </Show>
    }
}

/// There the program is installed by hand, without an offer of the browser.
fn is_ios() -> bool {
    let agent = window().navigator().user_agent().unwrap_or_default();
    agent.contains("iPhone") || agent.contains("iPad")
}
