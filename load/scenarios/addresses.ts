/**
 * Addresses as CloudFront names them, with a port. Only what runs on this machine heeds them: in AWS, CloudFront names the
 * true one, whatever a viewer says, and all of a run comes from one.
 */

const PORT = 40_000;

/** In 10.0.0.0/8, one for each number below 16 million (private addresses, RFC 1918). */
export function voterAddress(number: number): string {
  return `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}:${PORT}`;
}

/** In 172.16.0.0/12, one for each number below a million. */
export function spammerAddress(number: number): string {
  return `172.${16 + ((number >> 16) & 15)}.${(number >> 8) & 255}.${number & 255}:${PORT}`;
}
