// The clock of the benchmarks: in the page, through the interface, stopped when the result is on the screen.

// Does something to the page and waits, frame by frame, until a selector shows a text that it did not show before.
export const timed = (page, action, done) => page.evaluate(async ([action, done]) => {
  const element = () => document.querySelector(done.selector);
  const before = done.changes ? element()?.innerText : undefined;
  const begin = performance.now();
  if (action.click) document.querySelector(action.click).click();
  if (action.button) [...document.querySelectorAll("main button")].find((one) => one.innerText.trim() === action.button).click();
  if (action.hash) location.hash = action.hash;
  if (action.select) {
    const select = [...document.querySelectorAll("select")].find((one) => [...one.options].some((option) => option.text === action.select));
    select.value = [...select.options].find((option) => option.text === action.select).value;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  }
  for (;;) {
    await new Promise((frame) => requestAnimationFrame(frame));
    const now = element();
    const says = !done.says || new RegExp(done.says).test(now?.innerText ?? "");
    if (now && says && (!done.changes || now.innerText !== before)) return performance.now() - begin;
    if (performance.now() - begin > 600_000) throw new Error(`waited in vain for ${done.selector}`);
  }
}, [action, done]);
