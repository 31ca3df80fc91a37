import * as z from "zod/mini";

/** An Ed25519 signature (RFC 8032) over the UTF-8 bytes of the certificate in canonical JSON; key and signature in base64url. */
export const CertificateSignature = z.strictObject({
  algorithm: z.literal("Ed25519"),
  publicKey: z.string(),
  signature: z.string(),
});
export type CertificateSignature = Readonly<z.infer<typeof CertificateSignature>>;
