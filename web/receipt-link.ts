import { TRACKING_CODE_LENGTH } from "#core/tracking-code.ts";

/**
 * The secret part of a link to a receipt: in the fragment of the address, which browsers send to no server. The tracking
 * code finds the ballot in the box; the request id, where it is there, also tells what became of the attempt.
 */
export type ReceiptLink = Readonly<{ trackingCode: string; requestId?: string }>;

const FRAGMENT = new RegExp(`^#([A-Z2-7]{${TRACKING_CODE_LENGTH}})(?:\\.([A-Za-z0-9_-]+))?$`);

/** `#CODE` or `#CODE.REQUEST_ID`; readFragment reads it back. */
export function writeFragment({ trackingCode, requestId }: ReceiptLink): string {
  return requestId === undefined ? `#${trackingCode}` : `#${trackingCode}.${requestId}`;
}

/** Reads an address's fragment; undefined when it is anything else, such as the name of a place on the page. */
export function readFragment(fragment: string): ReceiptLink | undefined {
  const [, trackingCode, requestId] = FRAGMENT.exec(fragment) ?? [];
  if (trackingCode === undefined) return undefined;
  return requestId === undefined ? { trackingCode } : { trackingCode, requestId };
}
