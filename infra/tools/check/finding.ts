import { Refusal } from "#core/refusal.ts";

/** What a check found out about one thing that a deployment needs. */
export type Finding = Readonly<{
  about: string;
  /** `unknown` stops nothing: AWS could not be asked, and will say itself. */
  state: "fine" | "wrong" | "unknown";
  says: string;
  /** Commands and other steps that mend it. */
  mend?: readonly string[];
}>;

export const fine = (about: string, says: string): Finding => ({ about, state: "fine", says });
export const wrong = (about: string, says: string, ...mend: readonly string[]): Finding => ({
  about,
  state: "wrong",
  says,
  mend,
});

/** Asks AWS. What cannot be asked is a finding too, which names the rights that asking takes. */
export async function ask(
  about: string,
  rights: readonly string[],
  question: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return await question();
  } catch (error) {
    if (error instanceof Refusal) return [wrong(about, error.message)];
    const why = error instanceof Error ? error.message || error.name : String(error);
    return [{ about, state: "unknown", says: `could not be asked (${rights.join(", ")}): ${why}` }];
  }
}

const MARKS = { fine: "✓", wrong: "✗", unknown: "?" } as const;

/** A finding as lines: what it says, and what to do. */
export const linesOf = ({ about, state, says, mend = [] }: Finding): readonly string[] => [
  `${MARKS[state]} ${about}: ${says}`,
  ...mend.map((step) => `    ${step}`),
];
