// Fitted models in the browser's worker: from the page's question to the forecast, and to the check, on the screen.

import { timed } from "./timed.mjs";

export const measurements = {
  "lifetime value forecast of the shop": async ({ page }) => [
    { what: "page opened → forecast on the screen", milliseconds: await timed(page, { hash: "#/clv_forecast" }, { selector: ".forecast-list tbody tr" }) },
    { what: "all models checked", milliseconds: await timed(page, { click: ".forecast button.primary" }, { selector: ".forecast-answer section p.info" }) },
  ],
};
