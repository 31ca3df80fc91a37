import { layOut } from "#admin/terminal/text-table.ts";

/** What a rehearsal found beside what it must find. */

type Value = string | number;
type Line = Readonly<{ what: string; mustBe: Value; is: Value }>;

export type Protocol = Readonly<{
  /** Notes a value; it is right when it is equal to what it must be. */
  note(what: string, mustBe: Value, is: Value): void;
  /** Whether every value noted so far is right. */
  isFlawless(): boolean;
  text(): string;
}>;

export function openProtocol(): Protocol {
  const lines: Line[] = [];
  const isRight = ({ mustBe, is }: Line): boolean => mustBe === is;
  return {
    note(what, mustBe, is) {
      lines.push({ what, mustBe, is });
    },
    isFlawless: () => lines.every(isRight),
    text() {
      const rows = lines.map((line) => [line.what, String(line.mustBe), String(line.is), isRight(line) ? "" : "WRONG"]);
      return layOut([["", "must be", "is", ""], ...rows], [{}, { align: "right" }, { align: "right" }, {}]);
    },
  };
}
