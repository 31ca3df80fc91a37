import { expect, test } from "vitest";
import { failedItems } from "#local/functions/batch-response.ts";

const batch = ["a", "b", "c"];

test.each([
  ["nothing", undefined],
  ["null", null],
  ["an empty answer", {}],
  ["no list", { batchItemFailures: null }],
  ["an empty list", { batchItemFailures: [] }],
])("a function that answers %s is through with the whole batch", (_, answer) => {
  expect(failedItems(answer, batch)).toEqual(new Set());
});

test("what a function reports as failed is delivered again, and nothing else", () => {
  expect(failedItems({ batchItemFailures: [{ itemIdentifier: "b" }] }, batch)).toEqual(new Set(["b"]));
});

test.each([
  ["no identifier", { batchItemFailures: [{}] }],
  ["an empty identifier", { batchItemFailures: [{ itemIdentifier: "" }] }],
  ["an identifier that is not in the batch", { batchItemFailures: [{ itemIdentifier: "z" }] }],
  ["a text", "fine"],
])("a function that answers %s is given the whole batch again", (_, answer) => {
  expect(failedItems(answer, batch)).toEqual(new Set(batch));
});
