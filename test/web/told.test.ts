import { describe, expect, test } from "vitest";
import { withNumbers } from "#web/shell/told.tsx";

describe("telephone numbers in a text", () => {
  test.each([
    ["1 855 555-0142", "+18555550142"],
    ["1\u00a0855\u00a0555\u20110142", "+18555550142"],
    ["1-855-555-0142", "+18555550142"],
    ["(514) 555-0142", "+15145550142"],
    ["514.555.0142", "+15145550142"],
    ["5145550142", "+15145550142"],
    ["+1 514 555 0142", "+15145550142"],
    ["+33 1 42 34 56 78", "+33142345678"],
    ["+44 (20) 7946 0958", "+442079460958"],
  ])("are addresses in E.164: %s", (number, e164) => {
    expect(withNumbers(`Call Ada, at ${number}, poste 12.`)).toEqual([
      { text: "Call Ada, at " },
      { text: number, href: `tel:${e164}` },
      { text: ", poste 12." },
    ]);
  });

  test.each([
    "the election office, at the number on your voter card",
    "Voting closed on November 3, 2026, 8:00 p.m. EST.",
    "2026-11-03 20:00",
    "SIN 123 456 789",
    "ABCDE 23456 72345 67234",
    "12 345 678 votes",
    "4000 555 0142 1234",
  ])("are none: %s", (text) => {
    expect(withNumbers(text)).toEqual([{ text }]);
  });

  test.each(["514 555-0142", "1 514 555-0142", "+1 514 555-0142"])("end with their last digit: %s", (number) => {
    const href = "tel:+15145550142";
    expect(withNumbers(`${number} 24/7`)).toEqual([{ text: "" }, { text: number, href }, { text: " 24/7" }]);
  });

  test("may be several", () => {
    expect(withNumbers("1 855 555-0142 or 514 555-0143").flatMap(({ href }) => href ?? [])).toEqual([
      "tel:+18555550142",
      "tel:+15145550143",
    ]);
  });
});
