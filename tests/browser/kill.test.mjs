// The browser is killed at random moments: a few times here, 200 times in kill.soak.mjs.

import { test } from "node:test";
import { assert } from "./harness.mjs";
import { killTimes } from "./kill.mjs";

test("killed ten times, the browser has kept what was shown as saved and never half an import", { timeout: 300_000 }, async () => {
  const seen = await killTimes(10, { seed: 7 });
  assert.equal(seen.rounds, 10);
  assert.ok(seen.saving >= 4 && seen.importing >= 5, JSON.stringify(seen));
});
