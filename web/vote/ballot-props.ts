import type { Selection } from "#core/selection.ts";

export type BallotProps<Definition> = Readonly<{
  definition: Definition;
  regionId: string;
  selection: Selection | undefined;
  mark: (selection: Selection) => void;
}>;
