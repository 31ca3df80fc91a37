/** Where long work stands. The total may be an estimate that gets better. */
export type Progress = Readonly<{
  step: string;
  done: number;
  total: number;
  /** Done by an earlier run, which counts for nothing in the rate; 0 when left out. */
  from?: number;
}>;
export type OnProgress = (progress: Progress) => void;
