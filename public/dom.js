// What the scripts outside of the app share. Whichever of them comes first, language and theme are set before any
// of them says a word: as the person chose in the app, or else as the browser prefers.

export const root = document.documentElement;

// The tags in index.html that tell these scripts what the site consists of.
export const meta = (name) => document.querySelector(`meta[name="quintile-${name}"]`);

// A file of the site: its address, and what it must be.
export function siteFile(name) {
  const { content, dataset } = meta(name);
  return { url: new URL(content, document.baseURI).href, bytes: Number(dataset.bytes), sha256: dataset.sha256 };
}

export const inLanguage = (texts) => (root.lang.startsWith("zh") ? texts.zh : texts.en);

export const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

export function element(name, className, text, children = []) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  made.append(...children);
  return made;
}

export function button(text, className, work) {
  const made = element("button", `boot-button ${className}`, text);
  made.type = "button";
  made.addEventListener("click", work);
  return made;
}

// What the person chose in the app, as the app stores it; nothing at a first visit or where storage is forbidden.
export function preferences() {
  try {
    return JSON.parse(localStorage.getItem("quintile.preferences")) || {};
  } catch {
    return {};
  }
}

// The same choice as the app makes at a first visit: the first Chinese or English of the preferred languages.
function preferredLanguage() {
  const known = navigator.languages.map((tag) => tag.toLowerCase()).find((tag) => /^(zh|en)/.test(tag));
  return known && known.startsWith("zh") ? "zh-Hant" : "en";
}

const { lang, theme } = preferences();
root.lang = lang === "en" || lang === "zh-Hant" ? lang : preferredLanguage();
if (theme === "light" || theme === "dark") root.dataset.theme = theme;
