// The browser is killed 200 times over saving and importing; `KILLS` and `SEED` say otherwise.

import { test } from "node:test";
import { assert } from "./harness.mjs";
import { killTimes } from "./kill.mjs";

const KILLS = Number(process.env.KILLS ?? 200);
const SEED = Number(process.env.SEED ?? 20261125);

test(`killed ${KILLS} times, the browser has kept what was shown as saved and never half an import`, { timeout: 3_600_000 }, async (t) => {
  const seen = await killTimes(KILLS, { seed: SEED, tell: (line) => t.diagnostic(line) });
  t.diagnostic(`seed ${SEED}: ${JSON.stringify(seen)}`);
  assert.equal(seen.rounds, KILLS);
  // Both outcomes of a cut import were seen, or the moments were badly chosen.
  assert.ok(seen.imported > 0 && seen.kept > 0, JSON.stringify(seen));
});
