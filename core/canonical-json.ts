/**
 * Canonical JSON, as in RFC 8785 for the values used here: no white space, keys in the order of their UTF-16 code units.
 * Undefined fields are left out.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  const sorted = fields.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`).join(",")}}`;
}

/** How a file of a bundle holds a value: one line of canonical JSON. The signature is over it without its line feed. */
export function canonicalText(value: unknown): string {
  return `${canonicalJson(value)}\n`;
}
