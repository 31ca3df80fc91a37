/** A lazily loaded file and the hash of its bytes. */
type Part = Readonly<{ address: string; integrity: string }>;

/** Filled in by the build (infra/bundling/site.ts): as text, since esbuild gives an object a file of its own to load. */
declare const SITE_PARTS: string;
type Parts = Readonly<Record<"sealing" | "ed25519" | "squares" | "files", Part>>;

/** The browser checks the bytes; rejects when they differ. */
function preload(address: string, integrity: string): Promise<void> {
  const link = document.createElement("link");
  // Browsers without the check trust the site's own origin, as for the first script.
  if (!link.relList.supports("modulepreload")) return Promise.resolve();
  return new Promise((resolve, reject) => {
    link.rel = "modulepreload";
    link.href = address;
    link.integrity = integrity;
    link.onload = () => resolve();
    link.onerror = () => reject(new Error(`${address} could not be loaded`));
    document.head.append(link);
  });
}

/** Retries after a failure. */
function loader<Module>(name: keyof Parts): () => Promise<Module> {
  let loading: Promise<Module> | undefined;
  let trials = 0;
  const load = async (): Promise<Module> => {
    // Read only now: tests and load seal as the site does, without its build.
    const parts: Parts = JSON.parse(SITE_PARTS);
    const { address, integrity } = parts[name];
    trials += 1;
    // Browsers remember a failed module by its address.
    const tried = trials === 1 ? address : `${address}?${trials}`;
    await preload(tried, integrity);
    return import(tried);
  };
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}

/** What seals a ballot: a third of the site's script, and only voters need it. */
export const loadSealing = loader<typeof import("#web/sealing.ts")>("sealing");
/** Only for browsers without an Ed25519 of their own. */
export const loadEd25519 = loader<typeof import("#web/ed25519.ts")>("ed25519");
export const loadSquares = loader<typeof import("#web/qr/squares.ts")>("squares");
/** Results as files: few readers ask for one. */
export const loadFiles = loader<typeof import("#published/files.ts")>("files");
