import { EnglishRefusal } from "#core/english-refusal.ts";

/** What is compared. Lists are written out, so that a difference can be read. */
export type Value = string | number | undefined;

export type Figures = Readonly<Record<string, Value>>;

const INDENT = " ".repeat(10);
/** What must be and what is stand in a line each where they are longer. */
const SHORT = 40;

const clockNow = (): string => new Date().toTimeString().slice(0, "12:34:56".length);

/** The day as it is told: the clock, what is done, what must be and what is. The first difference ends it. */
export class Diary {
  readonly #say: (line: string) => void;
  #step = "";
  #compared = 0;

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  get compared(): number {
    return this.#compared;
  }

  step(title: string): void {
    this.#step = title;
    this.#say(`\n${clockNow()}  ${title}`);
  }

  note(text: string): void {
    this.#say(text.replaceAll(/^/gm, INDENT));
  }

  /** Throws Refusal when the two differ. */
  must(what: string, mustBe: Value, is: Value): void {
    this.#compared++;
    const [expected, found] = [String(mustBe ?? "nothing"), String(is ?? "nothing")];
    const isSame = mustBe === is;
    const verdict = isSame ? "" : "   <- DIFFERENT";
    if (expected.length <= SHORT && found.length <= SHORT) {
      this.note(`${what.padEnd(SHORT)} must be ${expected}, is ${found}${verdict}`);
    } else this.note(`${what}\n  must be ${expected}\n  is      ${found}${verdict}`);
    if (isSame) return;
    throw new EnglishRefusal(`\n${this.#step}\n${what} must be ${expected}, and is ${found}.`);
  }

  /** Compares each figure, and which there are. */
  mustEach(prefix: string, mustBe: Figures, is: Figures): void {
    for (const what of new Set([...Object.keys(mustBe), ...Object.keys(is)])) {
      this.must(`${prefix}${what}`, mustBe[what], is[what]);
    }
  }
}
