import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { synthesize } from "#infra/synthesize.ts";
import { PINNED_STAGE, PINS_FILE } from "#infra/tools/pin-resources.ts";
import { lossesBetween, Pins, pinsOf, unpinned } from "#infra/tools/stateful-resources.ts";

let pinned: Pins;
let now: Pins;
beforeAll(async () => {
  pinned = Pins.parse(JSON.parse(await readFile(PINS_FILE, "utf8")));
  const { templates } = await synthesize(PINNED_STAGE);
  now = pinsOf(templates);
});

const HOW =
  "If that is meant: bring what the resource holds to safety (docs/deploy.md), run `npm run pin-resources`, and commit infra/tools/stateful-resources.json.";

describe("an upgrade", () => {
  it("deletes and replaces nothing that holds votes, rolls, counts, keys or messages", () => {
    expect(lossesBetween(pinned, now), HOW).toEqual([]);
  });

  it("adds nothing of that kind without pinning it", () => {
    expect(
      unpinned(pinned, now),
      "Run `npm run pin-resources` and commit infra/tools/stateful-resources.json.",
    ).toEqual([]);
  });
});

describe("the guard of upgrades", () => {
  const data = `scrutin-${PINNED_STAGE}-data`;
  /** The pins with one resource of the data stack changed, found by the start of its logical id. */
  function withChange(idPrefix: string, change: (pin: Pins[string][string]) => Pins[string][string] | undefined): Pins {
    const changed = structuredClone(now);
    const resources = changed[data] ?? {};
    const [logicalId = ""] = Object.keys(resources).filter((id) => id.startsWith(idPrefix));
    const pin = resources[logicalId];
    if (pin === undefined) throw new Error(`there is no ${idPrefix}`);
    delete resources[logicalId];
    const after = change(pin);
    if (after !== undefined) resources[logicalId] = after;
    return changed;
  }
  const losses = (change: Parameters<typeof withChange>[1]): readonly string[] =>
    lossesBetween(now, withChange("Votes", change));

  it("reports a table that is removed, or moved to another logical id", () => {
    expect(losses(() => undefined)).toEqual([expect.stringMatching(/Votes\w+ would be deleted/)]);
  });

  it("reports a table whose key, its type, or name changes", () => {
    for (const fixed of [{ KeySchema: [] }, { keyTypes: { hash: "B" } }, { TableName: "votes" }]) {
      expect(losses((pin) => ({ ...pin, fixed: { ...pin.fixed, ...fixed } }))).toEqual([
        expect.stringMatching(/would be replaced by an empty one: \w+ changed/),
      ]);
    }
  });

  it("reports a table that would be deleted with its stack", () => {
    expect(losses((pin) => ({ ...pin, kept: false }))).toEqual([expect.stringMatching(/no longer outlive its stack/)]);
  });

  it("watches every table, every queue, the certified bundles and what encrypts them and the secrets", () => {
    const types = Object.values(now).flatMap((resources) =>
      Object.values(resources).map(({ type, kept }) => `${type} ${kept}`),
    );
    const count = (type: string): number => types.filter((each) => each === type).length;
    expect(count("AWS::DynamoDB::GlobalTable true")).toBe(11);
    expect(count("AWS::SQS::Queue true")).toBe(4);
    expect(count("AWS::S3::Bucket true")).toBe(1);
    expect(count("AWS::KMS::Key true")).toBe(8);
    expect(count("AWS::SecretsManager::Secret true")).toBe(0);
    expect(types.filter((each) => each.endsWith("false")).sort()).toEqual([
      // The alarms' topics, which hold nothing that lasts.
      "AWS::KMS::Key false",
      "AWS::KMS::Key false",
      "AWS::S3::Bucket false",
      "AWS::SecretsManager::Secret false",
    ]);
  });
});
