type Sending = Readonly<{ withinMs?: number; headers?: Readonly<Record<string, string>> }>;

/** One HTTP request and its whole answer; a POST if there is a body. Rejects when no answer comes in time. */
export async function exchange(
  url: string,
  body?: string,
  { withinMs = 30_000, headers = {} }: Sending = {},
): Promise<Readonly<{ status: number; text: string }>> {
  const response = await fetch(url, {
    signal: AbortSignal.timeout(withinMs),
    ...(body !== undefined && { method: "POST", body, headers: { "content-type": "application/json", ...headers } }),
  });
  return { status: response.status, text: await response.text() };
}
