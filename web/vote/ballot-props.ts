import type { ComponentChildren } from "preact";
import type { Selection } from "#core/selection.ts";

export type BallotProps<Definition> = Readonly<{
  definition: Definition;
  regionId: string;
  /** Whether the definition leaves biographies out, because they are long. */
  hasBiographiesByRegion: boolean;
  selection: Selection | undefined;
  mark: (selection: Selection) => void;
  /** The box for a blank ballot, last: it comes when the boxes above it do. */
  children?: ComponentChildren;
}>;
