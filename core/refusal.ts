import type { BilingualText } from "#core/election.ts";
import type { Language } from "#core/language.ts";

/**
 * What an officer asked for cannot be done. The message says why, with several faults on a line each, and is printed as it
 * is. It never repeats a credential.
 */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly #french: string;

  /** @param french the same sentence, for the console in French */
  constructor(english: string, french: string) {
    super(english);
    this.#french = french;
  }

  /** Of several faults, a line each. */
  static ofEach(faults: readonly BilingualText[]): Refusal {
    return new Refusal(faults.map(({ en }) => en).join("\n"), faults.map(({ fr }) => fr).join("\n"));
  }

  get texts(): BilingualText {
    return { en: this.message, fr: this.#french };
  }

  /** The sentence in a language. */
  in(language: Language): string {
    return language === "fr" ? this.#french : this.message;
  }
}
