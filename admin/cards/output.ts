/** Where letters and the files beside them are written: a folder of this machine, or a browser's memory. */

export type OutputFile = Readonly<{
  write(piece: string | Uint8Array): Promise<void>;
  close(): Promise<void>;
}>;

export type Output = Readonly<{ open(name: string): Promise<OutputFile> }>;
