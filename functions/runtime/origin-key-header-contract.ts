/** Header by which CloudFront proves that a request came through it. It replaces any that a viewer sends. */
export const ORIGIN_KEY_HEADER = "scrutin-origin-key";
