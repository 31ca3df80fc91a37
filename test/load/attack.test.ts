import { afterAll, beforeAll, expect, test } from "vitest";
import { isRepelled } from "#load/attack/attack.ts";
import { withTable } from "#load/attack/attacks-table.ts";
import { ATTACKS } from "#load/attack/catalogue.ts";
import { type StartedSystem, startSystem } from "#load/shared/running-system.ts";
import { seededRandom } from "#load/shared/seeded-random.ts";

/** The short form of `npm run attack`, on one real system. */

let system: StartedSystem;

beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system?.[Symbol.asyncDispose]());

test.each(ATTACKS.filter(({ isShort }) => isShort))("$name is repelled", async (attack) => {
  const outcome = await attack.run({
    system,
    isFull: false,
    random: seededRandom(1, attack.name),
    onProgress: () => {},
  });
  expect(outcome, outcome.learnt).toMatchObject({ isRepelled: true });
  expect(isRepelled(outcome)).toBe(true);
});

test("an attack that succeeded, or was never tried, stands out in the table", () => {
  const attack = {
    name: "theft",
    attacker: "outsider",
    told: "steals",
    isShort: true,
    run: () => Promise.reject(),
  } as const;
  const page = "Above.\n<!-- attacks: written by npm run attack -->\nan older table\n<!-- end of attacks -->\nBelow.\n";
  const written = withTable(page, [
    { attack, outcome: { tried: 1_200, learnt: "nothing", isRepelled: true } },
    { attack, outcome: { tried: 3, learnt: "a vote", isRepelled: false } },
    { attack, outcome: { tried: 0, learnt: "nothing", isRepelled: true } },
  ]);
  expect(written.split("\n").slice(2, -2)).toEqual([
    "| attack | attacker | what was tried | how often | what the attacker learnt or changed | verdict |",
    "|---|---|---|---|---|---|",
    "| `theft` | outsider | steals | 1,200 | nothing | repelled |",
    "| `theft` | outsider | steals | 3 | a vote | **succeeded** |",
    "| `theft` | outsider | steals | 0 | nothing | **not tried** |",
    "",
    "1 of 3 attacks repelled.",
    "<!-- end of attacks -->",
  ]);
});
