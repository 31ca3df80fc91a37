import { type HttpHandler, languageOf, problem } from "#functions/runtime/http.ts";
import type { Photos } from "#storage/photos.ts";

/** Serves the photos that definitions name: each for good, since its address has the hash of its bytes. */
export function createPhotoHandler(photos: Pick<Photos, "find">): HttpHandler {
  return async (event) => {
    const found = await photos.find(event.pathParameters?.photo ?? "");
    if (found === undefined) return problem("not-found", languageOf(event));
    return {
      statusCode: 200,
      headers: {
        "content-type": found.type,
        "cache-control": "public, max-age=31536000, immutable",
        "x-content-type-options": "nosniff",
      },
      body: Buffer.from(found.bytes).toString("base64"),
      isBase64Encoded: true,
    };
  };
}
