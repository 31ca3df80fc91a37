import { Refusal } from "#core/refusal.ts";

/** A refusal that is read in a terminal only, where English is spoken. The console answers in the reader's language, with others. */
export class EnglishRefusal extends Refusal {
  constructor(english: string) {
    super(english, english);
  }
}
