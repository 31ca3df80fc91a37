import { globSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { OPEN_ROUTES } from "#functions/office/contract.ts";
import type { OfficeRoutes } from "#functions/runtime/office/routes.ts";
import { sharedStage } from "#test/infra/shared-stages.ts";
import type { Stage } from "#test/infra/stage.ts";

/** The routes of the office in the template, and those of the rooms' own tables: neither has one that the other lacks. */

let stage: Stage;
beforeAll(async () => {
  stage = await sharedStage("rules");
});

const FUNCTIONS = new URL("../../functions/", import.meta.url).pathname;
const Table = z.record(z.string(), z.object({ groups: z.array(z.string()) }));

/** Every table of routes that a contract exports, whether or not a function joins it. */
async function tables(): Promise<OfficeRoutes> {
  const contracts = globSync("office*/**/contract.ts", { cwd: FUNCTIONS });
  const modules = await Promise.all(contracts.map((path) => import(FUNCTIONS + path)));
  const found = modules.flatMap((module) =>
    Object.entries(module)
      .filter(([name, value]) => name.endsWith("_ROUTES") && !Array.isArray(value))
      .map(([, value]) => Table.parse(value)),
  );
  return Object.assign({}, ...found);
}

describe("the routes of the office", () => {
  it("are in a table that says who may, each of them, and no table has one that is not deployed", async () => {
    const deployed = [...stage.routes()]
      .map(([routeKey, name]) => [routeKey.replace(" /api/v1/", " /"), name] as const)
      .filter(([route]) => /^(?!HEAD )\w+ \/office\//.test(route));
    const listed = [...Object.keys(await tables()), ...OPEN_ROUTES];
    expect(deployed.map(([route]) => route).toSorted()).toEqual(listed.toSorted());
    for (const [route, name] of deployed) expect(name, route).toMatch(/^office/);
  });
});
