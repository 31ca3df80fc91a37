import { expect, test } from "vitest";
import { url } from "#test/e2e/api.ts";

test("OPTIONS is refused like every method that an address does not take, and the others are listed", async () => {
  const answer = await fetch(url("/api/v1/vote"), { method: "OPTIONS" });
  expect(answer.status).toBe(405);
  expect(answer.headers.get("allow")).toBe("POST");
});
