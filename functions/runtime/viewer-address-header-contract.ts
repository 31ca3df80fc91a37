/** Header in which CloudFront gives the viewer's address and port. It replaces any that a viewer sends. */
export const VIEWER_ADDRESS_HEADER = "cloudfront-viewer-address";
