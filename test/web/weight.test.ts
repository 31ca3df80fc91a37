import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import type { Graph, Script } from "#infra/bundling/graph.ts";
import { type BuiltSite, buildSite } from "#infra/bundling/site.ts";
import { integrityOf } from "#infra/bundling/texts.ts";

let site: BuiltSite;
beforeAll(async () => {
  site = await buildSite();
});

const graphOf = (name: string): Graph => {
  const graph = site.graphs.get(name);
  if (graph === undefined) throw new Error(`there is no ${name}`);
  return graph;
};
const pageOf = (name: string): string => site.pages.get(name) ?? "";
const scriptsOf = ({ entry, later }: Graph): readonly Script[] => [entry, ...later];

/** What is loaded with a graph's script to show a page of it. */
function loadedFor(name: string, part?: string): readonly Script[] {
  const graph = graphOf(name);
  const files = part === undefined ? [] : (graph.parts.get(part) ?? []);
  if (part !== undefined) expect(files, part).not.toEqual([]);
  return [graph.entry, ...graph.later.filter((script) => files.includes(script.name))];
}

const isOfOffice = (name: string): boolean => name.startsWith("office-");

/** Bytes, compressed. */
const weightOf = (scripts: readonly Script[]): number =>
  scripts.reduce((sum, { content }) => sum + gzipSync(content).length, 0);

describe("what a phone loads first", () => {
  test.each([
    ["site-fr", undefined],
    ["site-fr", "check-page"],
    ["site-fr", "monitor-page"],
    ["site-fr", "results-page"],
    ["site-fr", "text-page"],
  ])("is at most 45 kB of script and style, compressed: %s %s", (name, part) => {
    const scripts = loadedFor(name, part);
    expect(weightOf(scripts)).toBeLessThanOrEqual(45_000);
    expect(scripts.length).toBeLessThanOrEqual(part === undefined ? 1 : 3);
  });

  test.each(["vote-fr", "vote-en"])("is at most 55.2 kB for a ballot, and the results after it: %s", (name) => {
    expect(weightOf(loadedFor(name))).toBeLessThanOrEqual(55_200);
  });

  test("is at most 61 kB of script and style, compressed, for several questions in one visit, which few elections have", () => {
    expect(weightOf(loadedFor("vote-fr", "paper-page"))).toBeLessThanOrEqual(61_000);
  });

  test("carries neither schemas nor tables, nor what is loaded later", () => {
    for (const [name, graph] of site.graphs) {
      const all = scriptsOf(graph).flatMap(({ modules }) => modules);
      // The console checks definitions, and so has their schema.
      const forbidden = isOfOffice(name)
        ? /^(?:storage|infra|local)\//
        : /zod|core\/election\.ts|^(?:storage|infra|local)\//;
      expect(all.filter((file) => forbidden.test(file))).toEqual([]);
    }
    const { modules } = graphOf("site-fr").entry;
    expect(modules).toContain("web/shell/site.tsx");
    expect(modules.filter((file) => /hpke|uqr|ed25519|-page\.tsx$/.test(file)).toSorted()).toEqual([
      "web/home/home-page.tsx",
      "web/shell/lazy-page.tsx",
      "web/shell/not-found-page.tsx",
    ]);
  });

  test("has the words of one language, and a page's own words in the page's file", () => {
    for (const [name, graph] of site.graphs) {
      const other = name.endsWith("fr") ? "en" : "fr";
      const ofOther = new RegExp(`^web/messages/.*\\b${other}\\.ts$|^web/office/messages/${other}/`);
      for (const script of scriptsOf(graph)) {
        // Few make a mistake, or vote where voters sign in or trustees hold the key: what they are told stands in one file for both.
        const isTheirs = [`all-${other}-`, `office-words-${other}-`, "faults-", "sign-in-", "trustees-"].some((start) =>
          script.name.startsWith(start),
        );
        // An officer reads in both languages what voters will read.
        const isShown = (file: string): boolean =>
          isOfOffice(name) && /^web\/messages\/(?:home|vote)-(?:en|fr)\.ts$/.test(file);
        expect(
          script.modules.some((file) => ofOther.test(file) && file !== "web/messages/en.ts" && !isShown(file)),
          script.name,
        ).toBe(isTheirs);
      }
      expect(graph.parts.get("results-page")?.length ?? 1).toBe(1);
    }
  });

  test("a ballot's script seals, since every voter needs it, and leaves to later what not everybody does", () => {
    const { entry, parts } = graphOf("vote-fr");
    expect(entry.modules).toContain("web/sealing.ts");
    expect([...parts.keys()].toSorted()).toEqual(
      expect.arrayContaining([
        "all-en",
        "ed25519",
        "files",
        "home-page",
        "monitor-page",
        "ranked-ballot",
        "rounds",
        "seats",
        "turnout-over-time",
      ]),
    );
    expect([...parts.keys()]).not.toContain("results-page");
    expect(site.texts.size).toBe(6);
  });
});

test("nothing of trustees' cryptography is in a script that voters load: it is one script beside the page, started with the first mark", () => {
  for (const [name, graph] of site.graphs) {
    if (isOfOffice(name)) continue;
    const modules = scriptsOf(graph).flatMap((script) => script.modules);
    expect(
      modules.filter((file) => /@noble\/(?:curves|hashes)|core\/trustees\//.test(file)),
      name,
    ).toEqual([]);
    expect(graph.entry.modules.filter((file) => file.startsWith("web/trustees/"))).toEqual([]);
  }
  const [[, worker = ""] = []] = [...site.workers].filter(([name]) => name.startsWith("ballot-worker-"));
  expect(gzipSync(worker).length).toBeLessThanOrEqual(52_000);
});

test("nothing of the office's console is in a script that voters load, and its words neither", () => {
  const voters = [...site.graphs].filter(([name]) => !isOfOffice(name));
  expect(voters.map(([name]) => name).toSorted()).toEqual(["site-en", "site-fr", "vote-en", "vote-fr"]);
  for (const [, graph] of voters) {
    for (const { name, content, modules } of scriptsOf(graph)) {
      expect(
        modules.filter((file) => /^web\/office\/|office-api/.test(file)),
        name,
      ).toEqual([]);
      expect(content, name).not.toMatch(/\/office\//);
      // Only where voters sign in, in a part of its own.
      const isOfSignIn = name.startsWith("sign-in-");
      expect(
        modules.some((file) => file.includes("oauth4webapi")),
        name,
      ).toBe(isOfSignIn);
      expect(content.includes("code_challenge"), name).toBe(isOfSignIn);
    }
  }
  const office = scriptsOf(graphOf("office-fr")).flatMap(({ modules }) => modules);
  expect(office).toContain("web/office/shell/console.tsx");
  expect(office.filter((file) => file.includes("oauth4webapi"))).not.toEqual([]);
});

test("the page vouches for its script, and the script for every script that is loaded later", () => {
  for (const [name, graph] of site.graphs) {
    expect(pageOf(name)).toContain(`"/${graph.entry.name}" integrity="${integrityOf(graph.entry.content)}"`);
    for (const script of graph.later) {
      expect(graph.entry.content).toContain(`${script.name} ${integrityOf(script.content)}`);
    }
  }
});

test("a script's name says all that is in it: a change of what is loaded later changes the name of what loads it", async () => {
  const names = [...site.graphs.values()].flatMap((graph) =>
    scriptsOf(graph).map(({ name, content }) => [name, content] as const),
  );
  const contents = new Map<string, string>();
  for (const [name, content] of names) {
    expect(contents.get(name) ?? content, name).toBe(content);
    contents.set(name, content);
  }
});
