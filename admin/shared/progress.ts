/** How far long work has come. The total may be a growing estimate. */
export type Progress = Readonly<{
  step: string;
  done: number;
  total: number;
  /** Done by an earlier run, and left out of the rate; 0 by default. */
  from?: number;
}>;
export type OnProgress = (progress: Progress) => void;
