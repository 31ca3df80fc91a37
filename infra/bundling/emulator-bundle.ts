/** Name of the bundle of a function's emulator.ts; the one of its index.ts has the function's name. */
export const emulatorBundle = (name: string): string => `${name}-emulator`;
