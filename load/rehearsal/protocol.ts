import { layOut } from "#admin/terminal/text-table.ts";

type Value = string | number;

export class Protocol {
  readonly #rows: (readonly string[])[] = [];
  isFlawless = true;

  /** Notes a value; it is right when it is equal to what it must be. */
  note(what: string, mustBe: Value, is: Value | undefined): void {
    const isRight = mustBe === is;
    this.isFlawless &&= isRight;
    this.#rows.push([what, String(mustBe), String(is ?? "missing"), isRight ? "" : "WRONG"]);
  }

  /** Notes each value that something must have. */
  noteEach(prefix: string, mustBe: Readonly<Record<string, Value>>, is: object = {}): void {
    for (const [name, value] of Object.entries(mustBe)) this.note(`${prefix}${name}`, value, Reflect.get(is, name));
  }

  text(): string {
    return layOut([["", "must be", "is", ""], ...this.#rows], [{}, { align: "right" }, { align: "right" }, {}]);
  }
}
