/** A part of the site that is loaded when it is needed: where it lies, and the hash of its bytes. */
type Part = Readonly<{ address: string; integrity: string }>;

/** The parts, by name; the build puts them in (infra/bundle.ts). */
declare const SITE_PARTS: Readonly<Record<"sealing" | "squares", Part>>;

/** Loads a module into the browser's module map, whose bytes the browser checks. Rejects when they are others. */
function preload(address: string, integrity: string): Promise<void> {
  const link = document.createElement("link");
  // A browser that cannot check runs what the site's own origin serves, as it does with the first script.
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

/** Loads a part once, however often it is asked for; after a failure, asking again tries again. */
function loader<Module>(name: keyof typeof SITE_PARTS): () => Promise<Module> {
  let loading: Promise<Module> | undefined;
  let trials = 0;
  const load = async (): Promise<Module> => {
    const { address, integrity } = SITE_PARTS[name];
    trials += 1;
    // Browsers remember a module that failed by its address.
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
/** What draws a QR code. */
export const loadSquares = loader<typeof import("#web/qr/squares.ts")>("squares");
