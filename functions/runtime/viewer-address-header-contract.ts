/** Header in which CloudFront names the viewer's address and port. Whatever a viewer sends under it is replaced. */
export const VIEWER_ADDRESS_HEADER = "cloudfront-viewer-address";
