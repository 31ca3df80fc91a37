import type { IncomingMessage, ServerResponse } from "node:http";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CERTIFIED_PATH, PUBLISHED_PREFIX } from "#core/published-bundle.ts";
import { securityHeaders } from "#infra/site/rules.ts";
import { clientConfig } from "#local/services/credentials.ts";

/** Serves published bundles as CloudFront does in front of their bucket. */

export type CertifiedFiles = Readonly<{ endpoint: string; bucket: string }>;

export const isCertified = (path: string): boolean => path.startsWith(CERTIFIED_PATH);

const ABSENT = [403, 404];

const statusOf = (error: unknown): number | undefined =>
  error instanceof Error && "$metadata" in error
    ? (error.$metadata as { httpStatusCode?: number }).httpStatusCode
    : undefined;

export async function serveCertified(
  { endpoint, bucket }: CertifiedFiles,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const plain = { ...securityHeaders(), "content-type": "text/plain; charset=utf-8" };
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.writeHead(405, { ...plain, allow: "GET, HEAD" }).end("This address can only be read.\n");
    return;
  }
  // Nobody needs it before an election is published.
  const { GetObjectCommand, S3Client } = await import("@aws-sdk/client-s3");
  const client = new S3Client({ ...clientConfig(endpoint), forcePathStyle: true });
  try {
    const Key = `${PUBLISHED_PREFIX}${path.slice(1)}`;
    const found = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
    response.writeHead(200, {
      ...securityHeaders(),
      "content-type": found.ContentType ?? "application/octet-stream",
      ...(found.ContentLength !== undefined && { "content-length": found.ContentLength }),
      "cache-control": found.CacheControl ?? "no-cache",
    });
    if (request.method === "HEAD") response.end();
    else await pipeline(found.Body as Readable, response);
  } catch (error) {
    if (response.headersSent || !ABSENT.includes(statusOf(error) ?? 0)) throw error;
    response.writeHead(404, plain).end("There is nothing at this address.\n");
  } finally {
    client.destroy();
  }
}
