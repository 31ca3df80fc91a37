/** A whole number as officers read it: `1,234`. */
export const grouped = (value: number): string => value.toLocaleString("en-CA");
