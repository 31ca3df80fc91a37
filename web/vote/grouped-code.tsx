import { groupTrackingCode } from "#core/tracking-code.ts";

/** A tracking code in groups of five, for people to read and compare. */
export function GroupedCode({ trackingCode }: Readonly<{ trackingCode: string }>) {
  return (
    <p class="tracking-code" data-tracking-code={trackingCode}>
      {groupTrackingCode(trackingCode)
        .split(" ")
        .map((group) => (
          <span key={group}>{group} </span>
        ))}
    </p>
  );
}
