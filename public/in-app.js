// Browsers inside other apps (LINE, Facebook …) break downloads and lose what is stored: the device's own browser is
// offered instead, once a visit.

import { button, element, inLanguage } from "./{{dom.js}}";

const TEXTS = {
  en: {
    inApp: (name) => `You are in the browser inside ${name}. Downloads often fail here, and saved work can get lost: open this page in the device's own browser (Safari, Chrome).`,
    openOutside: "Open in the browser",
    copyLink: "Copy the link",
    copied: "Copied",
    dismiss: "Stay here",
  },
  zh: {
    inApp: (name) => `您正在使用 ${name} 內建的瀏覽器，下載檔案常會失敗，儲存的內容也可能遺失。請改用裝置本身的瀏覽器（Safari、Chrome）開啟本頁。`,
    openOutside: "以瀏覽器開啟",
    copyLink: "複製連結",
    copied: "已複製",
    dismiss: "留在這裡",
  },
};

function hostingApp() {
  const apps = [
    [/\bLine\//i, "LINE"],
    [/FBAN|FBAV|FB_IAB/, "Facebook / Messenger"],
    [/Instagram/, "Instagram"],
    [/MicroMessenger/, "WeChat"],
  ];
  const found = apps.find(([pattern]) => pattern.test(navigator.userAgent));
  return found && found[1];
}

function offerSystemBrowser() {
  const app = hostingApp();
  if (!app || sessionFlag("get")) return;
  const t = inLanguage(TEXTS);
  const buttons = element("div", "boot-buttons");
  const notice = element("aside", "boot-notice", "", [element("p", "", t.inApp(app)), buttons]);
  if (app === "LINE") {
    const outside = new URL(location.href);
    outside.searchParams.set("openExternalBrowser", "1");
    const link = element("a", "boot-button boot-first", t.openOutside);
    link.href = outside.href;
    buttons.append(link);
  }
  const copy = button(t.copyLink, "", () =>
    navigator.clipboard.writeText(location.href).then(
      () => { copy.textContent = t.copied; },
      () => window.prompt(t.copyLink, location.href),
    ));
  const dismiss = button(t.dismiss, "", () => {
    sessionFlag("set");
    notice.remove();
  });
  buttons.append(copy, dismiss);
  document.body.prepend(notice);
}

// Remembers for this visit that the notice was dismissed; storage may be forbidden, then it is shown again.
function sessionFlag(what) {
  try {
    if (what === "get") return sessionStorage.getItem("quintile.in-app-dismissed") === "1";
    sessionStorage.setItem("quintile.in-app-dismissed", "1");
  } catch { /* forbidden */ }
  return false;
}

offerSystemBrowser();
