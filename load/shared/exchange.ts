/** One request by HTTP and the whole of its answer; a POST where there is a body. Rejects when none comes in time. */
export async function exchange(
  url: string,
  body?: string,
  withinMs = 30_000,
): Promise<Readonly<{ status: number; text: string }>> {
  const response = await fetch(url, {
    signal: AbortSignal.timeout(withinMs),
    ...(body !== undefined && { method: "POST", body, headers: { "content-type": "application/json" } }),
  });
  return { status: response.status, text: await response.text() };
}
