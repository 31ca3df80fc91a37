import type { ComponentChildren, TargetedEvent } from "preact";

/** A box to mark; a radio button does the work, or a checkbox where several may be marked. */
export function MarkBox({
  group,
  value,
  takesSeveral = false,
  isMarked,
  onMark,
  colour,
  disabled,
  beside,
  below,
  refusal,
  children,
}: Readonly<{
  group: string;
  value: string;
  takesSeveral?: boolean;
  isMarked: boolean;
  onMark: () => void;
  colour?: string | undefined;
  disabled?: boolean;
  /** What stands at the end of the row. */
  beside?: ComponentChildren;
  /** What stands under it, over its whole width. */
  below?: ComponentChildren;
  /** Why the box did not change, under it and announced. */
  refusal?: string | undefined;
  children: ComponentChildren;
}>) {
  const change = ({ currentTarget }: TargetedEvent<HTMLInputElement>): void => {
    onMark();
    // Whether it is marked, the ballot says: it may not take one more.
    if (takesSeveral) currentTarget.checked = isMarked;
  };
  return (
    <>
      <label class="mark-row" style={colour === undefined ? {} : { "--party": colour }}>
        <input
          type={takesSeveral ? "checkbox" : "radio"}
          name={group}
          value={value}
          checked={isMarked}
          disabled={disabled}
          onChange={change}
        />
        <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
          <path d="M5 5.5 19 18.5" />
          <path d="M19 5 5.5 19" />
        </svg>
        <span class="mark-text">{children}</span>
        {beside}
        {below !== undefined && <span class="mark-below quiet">{below}</span>}
      </label>
      {refusal !== undefined && (
        <p class="refusal" role="alert">
          {refusal}
        </p>
      )}
    </>
  );
}
