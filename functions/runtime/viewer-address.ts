import { isIPv6 } from "node:net";
import type { HttpEvent } from "#functions/runtime/http.ts";

/**
 * Where a request comes from. `X-Forwarded-For` is never read, since anybody can forge it. The address is that of the
 * connection, unless the API is reachable only through CloudFront, which gives the viewer's address in a header of its own
 * and overwrites any that a viewer sends.
 * @param header name of that header, lower case; undefined or empty without CloudFront
 * @returns an IPv4 address, or the first 48 bits of an IPv6 address, the most that one subscriber gets
 */
export function viewerAddress({ headers, requestContext }: HttpEvent, header: string | undefined): string {
  const named = header === undefined || header === "" ? undefined : headers[header];
  return addressBlock(named === undefined ? requestContext.http.sourceIp : withoutPort(named));
}

/** `198.51.100.10:46532`, `2001:db8::1:46532` or `[2001:db8::1]:46532`: the port follows the last colon. */
function withoutPort(address: string): string {
  return address.slice(0, Math.max(0, address.lastIndexOf(":"))).replaceAll(/[[\]]/g, "");
}

const GROUPS_OF_48_BITS = 3;

function addressBlock(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [before = "", after] = address.split("::");
  const head = before === "" ? [] : before.split(":");
  const tail = after === undefined || after === "" ? [] : after.split(":");
  const zeros = Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => "0");
  const groups = [...head, ...zeros, ...tail].map((group) => Number.parseInt(group, 16).toString(16));
  return groups.slice(0, GROUPS_OF_48_BITS).join(":");
}
