import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from "@aws-sdk/client-s3";

/** The bucket of certified bundles. Files of any size pass through in pieces; S3 takes up to 5 GB in one request. */

export type StoredFile = Readonly<{ path: string; bytes: number; sha256: string }>;

export type BundleStore = Readonly<{
  /** Puts a file of this machine there; S3 refuses what arrives with another SHA-256. */
  putFile(key: string, file: StoredFile): Promise<void>;
  putText(key: string, text: string): Promise<void>;
  copy(from: string, to: string): Promise<void>;
  /** Takes away everything whose key begins so. */
  removeAll(prefix: string): Promise<void>;
  /** The bytes from one place to before another, or to the end; undefined when there is no such file. */
  read(key: string, range?: Readonly<{ from: number; until: number }>): Promise<Readable | undefined>;
}>;

/** For a browser and CloudFront: replaced only when an election is certified again. */
const CACHE_CONTROL = "public, max-age=60";

const TYPES: Readonly<Record<string, string>> = {
  json: "application/json; charset=utf-8",
  ndjson: "application/x-ndjson; charset=utf-8",
  txt: "text/plain; charset=utf-8",
};

/** The media type of a bundle's file. */
export const typeOf = (name: string): string =>
  TYPES[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream";

export function bundleStore(client: S3Client, Bucket: string): BundleStore {
  const served = (key: string) => ({ ContentType: typeOf(key), CacheControl: CACHE_CONTROL });
  return {
    async putFile(Key, { path, bytes, sha256 }) {
      const ChecksumSHA256 = Buffer.from(sha256, "hex").toString("base64");
      const Body = createReadStream(path);
      await client.send(
        new PutObjectCommand({ Bucket, Key, Body, ContentLength: bytes, ChecksumSHA256, ...served(Key) }),
      );
    },
    async putText(Key, text) {
      await client.send(new PutObjectCommand({ Bucket, Key, Body: text, ...served(Key) }));
    },
    async copy(from, Key) {
      const CopySource = `${Bucket}/${from.split("/").map(encodeURIComponent).join("/")}`;
      // Tags, of which there are none, would need a right of their own to be copied.
      await client.send(new CopyObjectCommand({ Bucket, Key, CopySource, TaggingDirective: "REPLACE" }));
    },
    async removeAll(Prefix) {
      for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix })) {
        for (const { Key } of Contents) await client.send(new DeleteObjectCommand({ Bucket, Key }));
      }
    },
    async read(Key, range) {
      try {
        const Range = range === undefined ? {} : { Range: `bytes=${range.from}-${range.until - 1}` };
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, ...Range }));
        return Body as Readable | undefined;
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
  };
}
