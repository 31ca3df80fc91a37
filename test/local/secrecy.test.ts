import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { VOTERS } from "#test/local/secrecy/electorate.ts";
import {
  credentialNeedles,
  hasWord,
  isAlphanumeric,
  type Needle,
  type Searcher,
  searcherFor,
} from "#test/local/secrecy/needles.ts";
import { type Ordeal, undergo } from "#test/local/secrecy/ordeal.ts";
import { type Kept, nearIn, PLACES } from "#test/local/secrecy/places.ts";

/**
 * Sends a thousand votes with known credentials through a whole system, while everything goes wrong that can. Then searches
 * every byte that it wrote for every voter's credentials, and every record for a voter's hash next to the choice.
 */

let folder: string;
let ordeal: Ordeal;
let search: Searcher;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "scrutin-secrecy-"));
  ordeal = await undergo(folder);
  search = searcherFor([
    ...ordeal.voters.flatMap((voter) => credentialNeedles(voter.name, voter)),
    ...[...ordeal.hashes].map(([hash, { name }]): Needle => ({ name: `hash of ${name}`, bytes: Buffer.from(hash) })),
  ]);
}, 280_000);
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

/** Every credential in a record, and every voter's hash next to that voter's choice. */
function leaksIn({ place, where, content }: Kept): readonly string[] {
  return search(content).flatMap(({ needle, at }) => {
    if (!needle.name.startsWith("hash of")) return [`${needle.name} in ${place} ${where}`];
    const voter = ordeal.hashes.get(needle.bytes.toString());
    const around = place === "file" ? nearIn(content, at, needle.bytes.length) : content;
    const beside = voter !== undefined && hasWord(around, voter.choice);
    return beside ? [`${needle.name} beside the choice in ${place} ${where}`] : [];
  });
}

/** A copy of a record with something planted in its middle. */
function planted({ content, ...kept }: Kept, bytes: Buffer): Kept {
  const middle = content.length >> 1;
  const around = Buffer.from(" ");
  return {
    ...kept,
    content: Buffer.concat([content.subarray(0, middle), around, bytes, around, content.subarray(middle)]),
  };
}

describe("after a thousand votes, some of which failed on the way", () => {
  test("something was kept in each of the places that are searched", () => {
    const places = Map.groupBy(ordeal.kept, ({ place }) => place);
    expect(PLACES.filter((place) => (places.get(place)?.length ?? 0) === 0)).toEqual([]);
    expect(ordeal.receipts.length).toBeGreaterThanOrEqual(VOTERS);
    expect(places.get("stream")?.length).toBeGreaterThan(VOTERS * 0.9);
    expect(places.get("queue")?.length).toBeGreaterThan(VOTERS);
    expect(places.get("dead letter")?.length).toBeGreaterThan(0);
    expect(places.get("log")?.some(({ content }) => content.includes('"ERROR"'))).toBe(true);
  });

  test("no voter's NAS or code is anywhere, in any encoding, and no hash is next to its voter's choice", () => {
    expect(ordeal.kept.flatMap(leaksIn)).toEqual([]);
  });

  test("the search finds every encoding when planted in a copy of every kind of record", () => {
    const { voters, hashes, kept } = ordeal;
    const [voter] = voters;
    if (voter === undefined) throw new Error("there is no voter");
    const [hash] = [...hashes].find(([, { name }]) => name === voter.name) ?? [""];
    for (const place of PLACES) {
      const [some] = kept.filter((record) => record.place === place && leaksIn(record).length === 0);
      if (some === undefined) throw new Error(`nothing was kept in ${place}`);
      for (const { name, bytes } of credentialNeedles(voter.name, voter)) {
        const found = leaksIn(planted(some, bytes));
        expect(
          found.some((leak) => leak.startsWith(name)),
          `${name} in ${place}`,
        ).toBe(true);
      }
      for (const together of [`{"hash":"${hash}","vote":"${voter.choice}"}`, `${hash} ${voter.choice}`]) {
        expect(leaksIn(planted(some, Buffer.from(together)))).toContainEqual(
          expect.stringContaining("beside the choice"),
        );
      }
    }
  });

  test("no request id or tracking code that was asked about is in a log or metric", () => {
    const { kept, receipts } = ordeal;
    const told = kept.filter(({ place }) => place === "log" || place === "metric");
    const codes = searcherFor(
      receipts.flatMap(({ request_id, tracking_code }) => [
        { name: "request id", bytes: Buffer.from(request_id) },
        { name: "tracking code", bytes: Buffer.from(tracking_code), aloneAmong: isAlphanumeric },
      ]),
    );
    expect(
      told.flatMap(({ where, content }) => codes(content).map(({ needle }) => `${needle.name} in ${where}`)),
    ).toEqual([]);
    const [one] = told;
    const [{ request_id, tracking_code } = { request_id: "", tracking_code: "" }] = receipts;
    if (one === undefined) throw new Error("nothing was told");
    for (const text of [request_id, tracking_code]) {
      expect(codes(planted(one, Buffer.from(text)).content)).toHaveLength(1);
    }
  });

  test("every log line is JSON with its function, level and Lambda's id of the invocation", () => {
    const Line = z.object({
      level: z.enum(["INFO", "WARN", "ERROR"]),
      service: z.string().refine((name) => ordeal.functionNames.has(name)),
      function_request_id: z.uuid(),
      message: z.string().max(100),
      timestamp: z.iso.datetime({ offset: true }),
    });
    const lines = ordeal.kept
      .filter(({ place }) => place === "log")
      .map(({ content }) => JSON.parse(content.toString()));
    expect(lines.map((line) => Line.safeParse(line).error).filter((error) => error !== undefined)).toEqual([]);
    const fields = new Set(lines.flatMap((line) => Object.keys(line)));
    for (const field of ["event", "body", "headers", "Records"]) expect(fields).not.toContain(field);
  });

  test("every metric has its service, an election, and a reason if refused, as dimensions, and nothing else", () => {
    const Metric = z.looseObject({
      _aws: z.object({
        CloudWatchMetrics: z.array(
          z.object({ Dimensions: z.array(z.array(z.enum(["service", "election", "reason"]))) }),
        ),
      }),
    });
    const metrics = ordeal.kept
      .filter(({ place }) => place === "metric")
      .map(({ content }) => JSON.parse(content.toString()));
    expect(metrics.map((metric) => Metric.safeParse(metric).error).filter((error) => error !== undefined)).toEqual([]);
  });

  test("a message carries its trace on to its receiver", () => {
    expect(ordeal.sends.length).toBeGreaterThanOrEqual(VOTERS);
    expect(ordeal.sends.every(({ headers }) => /^Root=1-/.test(String(headers["x-amzn-trace-id"])))).toBe(true);
  });
});
