// The crash screen: the app has stopped, its data have not. What is stored is put into workspace files, which the app
// opens again, and the page is loaded anew.

import { button, element, inLanguage, meta, preferences } from "./{{dom.js}}";
import { rescuable, workspaceFile } from "./{{rescue.js}}";

const TEXTS = {
  en: {
    crashed: "Quintile has stopped",
    text: "An error in Quintile, not in your data. What was saved is still in this browser. Reload to go on; to be safe, download your workspace first.",
    again: "It has stopped again soon after the start. Download your workspace, then start without the saved work: it stays in this browser, and nothing is deleted.",
    reload: "Reload",
    afresh: "Start without the saved work",
    download: "Download my workspace",
    downloadOther: (name) => `Download “${name}”`,
    downloaded: (name) => `“${name}” was downloaded. To go on with it, open the file in Quintile: workspaces, “Open a workspace file”.`,
    unreadable: (count) => `${count} stored workspace(s) could not be read.`,
    nothing: "Nothing is saved in this browser yet.",
    failed: (why) => `The saved work could not be read: ${why}`,
  },
  zh: {
    crashed: "Quintile 已停止運作",
    text: "這是 Quintile 的錯誤，不是您的資料有問題。已儲存的內容仍在這個瀏覽器裡。重新載入即可繼續；保險起見，可以先下載您的工作區。",
    again: "Quintile 啟動後不久又停止了。請先下載您的工作區，再不帶入已儲存的內容重新開始；已儲存的內容會留在這個瀏覽器裡，不會刪除。",
    reload: "重新載入",
    afresh: "不帶入已儲存的內容，重新開始",
    download: "下載我的工作區",
    downloadOther: (name) => `下載「${name}」`,
    downloaded: (name) => `已下載「${name}」。若要繼續使用，請在 Quintile 的工作區選單選擇「開啟工作區檔案」。`,
    unreadable: (count) => `有 ${count} 個已儲存的工作區讀不到。`,
    nothing: "這個瀏覽器裡還沒有儲存任何內容。",
    failed: (why) => `無法讀取已儲存的內容：${why}`,
  },
};

// A crash this soon after the last one: reloading does not help.
const SOON_MS = 60_000;

let crashShown = false;

function crashed(what) {
  if (crashShown) return;
  crashShown = true;
  const t = inLanguage(TEXTS);
  const again = crashedSoonAfter();
  const result = element("p", "");
  result.setAttribute("role", "status");
  const buttons = element("div", "boot-buttons", "", [
    button(t.reload, again ? "" : "boot-first", () => location.reload()),
    button(t.download, "", () => download(t, buttons, result)),
  ]);
  if (again) buttons.append(button(t.afresh, "boot-first", startAfresh));
  const details = element("pre", "", `${what}\nQuintile ${meta("version").content}`);
  details.tabIndex = 0; // it scrolls
  const title = element("h2", "", t.crashed);
  title.id = "boot-crash-title";
  const dialog = element("dialog", "boot-crash", "", [
    title,
    element("p", "", again ? t.again : t.text),
    buttons,
    result,
    details,
  ]);
  dialog.id = "boot-crash";
  dialog.setAttribute("aria-labelledby", title.id);
  // The app behind it no longer works: there is nothing to go back to.
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  document.body.append(dialog);
  if (dialog.showModal) dialog.showModal();
  else dialog.setAttribute("open", "");
}

// Downloads the workspace that was open, and offers the others.
async function download(t, buttons, result) {
  const say = (text) => { result.textContent = text; };
  try {
    const { workspaces, unreadable } = await rescuable(preferences().workspace);
    const [first, ...others] = workspaces;
    if (!first) return say(unreadable ? t.unreadable(unreadable) : t.nothing);
    const give = async (workspace) => {
      save(`${workspace.name || "workspace"}.quintile`, await workspaceFile(workspace));
      say(t.downloaded(workspace.name) + (unreadable ? ` ${t.unreadable(unreadable)}` : ""));
    };
    await give(first);
    buttons.querySelectorAll(".boot-other").forEach((one) => one.remove());
    buttons.append(...others.map((one) =>
      button(t.downloadOther(one.name), "boot-other", () => give(one).catch((error) => say(t.failed(String(error)))))));
  } catch (error) {
    say(t.failed(String(error)));
  }
}

function save(name, blob) {
  const link = element("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function crashedSoonAfter() {
  try {
    const last = Number(sessionStorage.getItem("quintile.crashed"));
    sessionStorage.setItem("quintile.crashed", String(Date.now()));
    return Date.now() - last < SOON_MS;
  } catch {
    return false; // storage is forbidden: then there is no saved work either
  }
}

// As the app's own switch for a session that keeps nothing.
function startAfresh() {
  sessionStorage.setItem("quintile.keep-nothing", "true");
  location.hash = "";
  location.reload();
}

window.quintileCrashed = crashed; // the panic hook calls it, and boot.js where wasm has trapped
if (window.quintileStopped !== undefined) crashed(window.quintileStopped);
