export type Column = Readonly<{ align?: "left" | "right" }>;

/** Rows in columns as wide as their widest cell, two spaces apart, without trailing spaces. */
export function layOut(rows: readonly (readonly string[])[], columns: readonly Column[]): string {
  const widths = columns.map((_, index) => Math.max(0, ...rows.map((row) => row[index]?.length ?? 0)));
  const cell = (text: string, index: number): string => {
    const width = widths[index] ?? 0;
    return columns[index]?.align === "right" ? text.padStart(width) : text.padEnd(width);
  };
  return rows.map((row) => row.map(cell).join("  ").trimEnd()).join("\n");
}
