import type { ComponentChildren } from "preact";

/** A box to mark; a radio button does the work. */
export function MarkBox({
  group,
  value,
  isMarked,
  onMark,
  colour,
  beside,
  below,
  children,
}: Readonly<{
  group: string;
  value: string;
  isMarked: boolean;
  onMark: () => void;
  colour?: string | undefined;
  /** What stands at the end of the row. */
  beside?: ComponentChildren;
  /** What stands under it, over its whole width. */
  below?: ComponentChildren;
  children: ComponentChildren;
}>) {
  return (
    <label class="mark-row" style={colour === undefined ? {} : { "--party": colour }}>
      <input type="radio" name={group} value={value} checked={isMarked} onChange={onMark} />
      <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
        <path d="M5 5.5 19 18.5" />
        <path d="M19 5 5.5 19" />
      </svg>
      <span class="mark-text">{children}</span>
      {beside}
      {below !== undefined && <span class="mark-below quiet">{below}</span>}
    </label>
  );
}
