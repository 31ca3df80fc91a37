import { type DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { sha256Hex } from "#storage/definition-parts.ts";

/**
 * Candidates' photos that were chosen in the console: small, and each by the SHA-256 of its bytes, which a definition names. So the
 * opening statement fixes them too. They stand beside the biographies.
 */

/** Of no election: an id has no full stop. */
const KEPT_AS = ".photo";
const PART = "000";

export const PHOTO_TYPES = { webp: "image/webp", jpg: "image/jpeg", png: "image/png" } as const;
type PhotoKind = keyof typeof PHOTO_TYPES;

const isPhotoKind = (text: string): text is PhotoKind => Object.hasOwn(PHOTO_TYPES, text);

const SIGNATURES: readonly (readonly [PhotoKind, readonly (readonly [at: number, bytes: string])[]])[] = [
  [
    "webp",
    [
      [0, "52494646"],
      [8, "57454250"],
    ],
  ],
  ["jpg", [[0, "ffd8ff"]]],
  ["png", [[0, "89504e470d0a1a0a"]]],
];

/** By its first bytes; undefined for what is no photo. */
export function photoKindOf(bytes: Uint8Array): PhotoKind | undefined {
  const start = Buffer.from(bytes.subarray(0, 12)).toString("hex");
  return SIGNATURES.find(([, parts]) => parts.every(([at, part]) => start.startsWith(part, 2 * at)))?.[0];
}

/** Where the site serves it. */
const pathOf = (sha256: string, kind: PhotoKind): string => `/api/v1/photos/${sha256}.${kind}`;
const FILE_NAME = /^([0-9a-f]{64})\.([a-z]{3,4})$/;

const keyOf = (sha256: string) => ({ text: { S: `${KEPT_AS}#${sha256}` }, part: { S: PART } });

export const photosIn = (dynamodb: DynamoDBClient, TableName: string) => ({
  /** Stores a photo; its path on the site. */
  async store(bytes: Uint8Array, kind: PhotoKind): Promise<string> {
    const sha256 = sha256Hex(bytes);
    await dynamodb.send(new PutItemCommand({ TableName, Item: { ...keyOf(sha256), bytes: { B: bytes } } }));
    return pathOf(sha256, kind);
  },

  /** @param file the last part of its path */
  async find(file: string): Promise<Readonly<{ bytes: Uint8Array; type: string }> | undefined> {
    const [, sha256, kind = ""] = FILE_NAME.exec(file) ?? [];
    if (sha256 === undefined || !isPhotoKind(kind)) return undefined;
    const { Item } = await dynamodb.send(new GetItemCommand({ TableName, Key: keyOf(sha256) }));
    const bytes = Item?.bytes?.B;
    if (bytes === undefined) return undefined;
    return photoKindOf(bytes) === kind ? { bytes, type: PHOTO_TYPES[kind] } : undefined;
  },
});
export type Photos = ReturnType<typeof photosIn>;
