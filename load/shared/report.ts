import { layOut } from "#admin/terminal/text-table.ts";

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function dayOf(time: Date): string {
  return time.toISOString().slice(0, "2026-11-21".length);
}

/** A name and its value on a line each, the values in one column. */
export function table(rows: readonly (readonly [name: string, value: string])[]): string {
  return layOut(rows, [{}, {}]);
}

export function grouped(count: number): string {
  return count.toLocaleString("en", { maximumFractionDigits: 0 });
}

export function dollars(amount: number): string {
  return amount.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

export function timesOf(count: number): string {
  if (count === 1) return "once";
  return count === 2 ? "twice" : `${grouped(count)} times`;
}

export function milliseconds(ms: number): string {
  return `${ms.toLocaleString("en", { maximumFractionDigits: ms < 10 ? 1 : 0 })} ms`;
}
