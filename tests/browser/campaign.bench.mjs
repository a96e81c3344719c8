// The course's mailer of 800,000 customers: from its cells over a simulated test to the roll-out, and its pyramid.

import { timed } from "./timed.mjs";

async function mailer({ page, until }) {
  await page.evaluate(() => { location.hash = "#/campaign"; });
  await until(page, () => document.querySelector(".campaign-steps .step-note"));
  const steps = (at, says) => ({ selector: `.campaign-steps li:nth-child(${at}) .step-note`, says });
  const open = (at, selector) => timed(page, { click: `.campaign-steps li:nth-child(${at}) button` }, { selector });
  const example = await timed(page, { button: "The course's example" }, steps(2, "40,000"));
  await open(3, ".responses");
  const simulate = await timed(page, { button: "Simulate" }, steps(3, "[0-9] responses"));
  const again = await timed(page, { button: "Run again" }, { ...steps(3, "responses"), changes: true });
  const rule = await timed(page, { select: "its interval" }, { ...steps(4), changes: true });
  const rollOut = await open(4, ".partition");
  const pyramid = await timed(page, { hash: "#/pyramid" }, { selector: ".pyramid-answer table tbody tr" });
  const overview = await timed(page, { hash: "#/overview" }, { selector: ".overview-parts .chart-picture svg" });
  return [
    { what: "the course's example: a button → cells, sample and test sizes on the screen", milliseconds: example },
    { what: "a simulated test → verdicts on the screen", milliseconds: simulate },
    { what: "another run → verdicts on the screen", milliseconds: again },
    { what: "another rule → the number of cells to mail on the screen", milliseconds: rule },
    { what: "the step of the roll-out on the screen", milliseconds: rollOut },
    { what: "pyramid on the screen", milliseconds: pyramid },
    { what: "overview on the screen", milliseconds: overview },
  ];
}

export const measurements = { "800,000 customers": mailer };
