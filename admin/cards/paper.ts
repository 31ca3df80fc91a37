/** Where things stand on a sheet, in points from its upper left corner, so that a window envelope shows the address and nothing else. */

export type PaperName = "letter" | "a4";

type Box = Readonly<{ x: number; y: number; width: number; height: number }>;

export type Paper = Readonly<{
  width: number;
  height: number;
  /** The envelope whose window the address stands behind. */
  envelope: string;
  /** What the window shows however the sheet lies in its envelope. Its left edge is that of all text. */
  address: Box;
  /** What the window may show once the sheet has slipped: nothing but the address may stand here. */
  shown: Box;
  /** The sheet is folded here; the second fold has no tolerance to keep. */
  folds: readonly [number, number];
}>;

const inches = (length: number): number => length * 72;
const millimetres = (length: number): number => inches(length / 25.4);

export const PAPERS: Readonly<Record<PaperName, Paper>> = {
  // The envelope is 9.5 by 4.125 inches; its window is 4.5 by 1.125, 0.875 from the left and 0.5 from the bottom. The sheet,
  // 8.5 wide and folded to 3.75, can slip by 1 and by 0.375.
  letter: {
    width: inches(8.5),
    height: inches(11),
    envelope: "US no. 10 window envelope",
    address: { x: inches(0.95), y: inches(2.52), width: inches(3.4), height: inches(0.73) },
    shown: { x: 0, y: inches(2.125), width: inches(5.375), height: inches(1.5) },
    folds: [inches(3.75), inches(7.375)],
  },
  // DIN 680: the envelope is 220 by 110 mm; its window is 90 by 45, 20 from the left and 15 from the bottom. The sheet, 210 wide
  // and folded to 105, can slip by 10 and by 5. The address stands where DIN 5008, form B, has it.
  a4: {
    width: millimetres(210),
    height: millimetres(297),
    envelope: "DIN 680 window envelope, DL",
    address: { x: millimetres(25), y: millimetres(62.7), width: millimetres(74), height: millimetres(26.3) },
    shown: { x: 0, y: millimetres(45), width: millimetres(110), height: millimetres(50) },
    folds: [millimetres(105), millimetres(201)],
  },
};
