/** Header by which CloudFront proves to the API that a request came through it. Whatever a viewer sends under it is replaced. */
export const ORIGIN_KEY_HEADER = "scrutin-origin-key";
