import type { ComponentChildren } from "preact";

export type Column<Row> = Readonly<{
  /** Names the column in the markup. */
  key: string;
  head: string;
  cell: (row: Row) => ComponentChildren;
  isFigure?: boolean;
}>;

type TableProps<Row> = Readonly<{
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
}>;

/** Said outright: browsers forget them when a table is laid out as blocks. */
const ROLES = {
  table: { role: "table" },
  rows: { role: "rowgroup" },
  row: { role: "row" },
  columnHead: { role: "columnheader" },
  rowHead: { role: "rowheader" },
  cell: { role: "cell" },
} as const;

/** A table, whose rows on a phone stand one below the other, each cell with its head. The first column names the row. */
export function Table<Row>({ caption, columns, rows, keyOf }: TableProps<Row>) {
  return (
    <table class="office-table" {...ROLES.table}>
      <caption class="visually-hidden">{caption}</caption>
      <thead {...ROLES.rows}>
        <tr {...ROLES.row}>
          {columns.map(({ key, head, isFigure }) => (
            <th key={key} scope="col" {...ROLES.columnHead} class={isFigure ? "figure" : undefined}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody {...ROLES.rows}>
        {rows.map((row) => (
          <tr key={keyOf(row)} {...ROLES.row}>
            {columns.map(({ key, head, cell, isFigure }, place) =>
              place === 0 ? (
                <th key={key} scope="row" {...ROLES.rowHead}>
                  {cell(row)}
                </th>
              ) : (
                <td key={key} {...ROLES.cell} data-head={head} class={isFigure ? "figure" : undefined}>
                  {cell(row)}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
