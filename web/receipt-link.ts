import { TRACKING_CODE_LENGTH } from "#core/tracking-code.ts";

/** A receipt link's fragment, which browsers send to no server: the tracking code and, where known, the request id. */
export type ReceiptLink = Readonly<{ trackingCode: string; requestId?: string }>;

const FRAGMENT = new RegExp(`^#([A-Z2-7]{${TRACKING_CODE_LENGTH}})(?:\\.([A-Za-z0-9_-]+))?$`);

/** `#CODE` or `#CODE.REQUEST_ID`; readFragment reads it back. */
export function writeFragment({ trackingCode, requestId }: ReceiptLink): string {
  return requestId === undefined ? `#${trackingCode}` : `#${trackingCode}.${requestId}`;
}

/** Undefined when it is something else, such as an anchor. */
export function readFragment(fragment: string): ReceiptLink | undefined {
  const [, trackingCode, requestId] = FRAGMENT.exec(fragment) ?? [];
  if (trackingCode === undefined) return undefined;
  return requestId === undefined ? { trackingCode } : { trackingCode, requestId };
}
