import { type Connection, EMBEDDED } from "#admin/connection/connection.ts";
import type { BundleStore } from "#storage/bundle-store.ts";

/** The bucket of certified bundles, for what needs it: few commands do, and S3's client takes a while to load. */
export async function withBundles<T>(
  { certifiedBucket, s3Endpoint }: Pick<Connection, "certifiedBucket" | "s3Endpoint">,
  work: (bundles: BundleStore) => Promise<T>,
): Promise<T> {
  const [{ S3Client }, { bundleStore }] = await Promise.all([
    import("@aws-sdk/client-s3"),
    import("#storage/bundle-store.ts"),
  ]);
  const client = new S3Client({
    // Every S3 understands addresses with the bucket in their path, and some emulators nothing else.
    forcePathStyle: true,
    ...(s3Endpoint !== undefined && { ...EMBEDDED, endpoint: s3Endpoint }),
  });
  try {
    return await work(bundleStore(client, certifiedBucket));
  } finally {
    client.destroy();
  }
}
