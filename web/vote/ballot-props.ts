import type { Selection } from "#core/selection.ts";

/** What a ballot of each kind is given: the mark so far, and how to change it. */
export type BallotProps<Definition> = Readonly<{
  definition: Definition;
  regionId: string;
  selection: Selection | undefined;
  mark: (selection: Selection) => void;
}>;
