/** A file that a part of the site needs: where it lies, and the hash of its bytes. */
type File = Readonly<{ address: string; integrity: string }>;

/** What a part needs, itself first; the build writes it into the page (infra/site-bundle.ts). */
function filesOf(part: string): readonly File[] {
  const words = document.querySelector<HTMLMetaElement>(`meta[name="part-${part}"]`)?.content.split(" ") ?? [];
  return words.flatMap((address, index) => (index % 2 === 0 ? [{ address, integrity: words[index + 1] ?? "" }] : []));
}

/** Loads a module into the browser's module map, whose bytes the browser checks. Rejects when they are others. */
function preload({ address, integrity }: File): Promise<void> {
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
function loader<Module>(part: string): () => Promise<Module> {
  let loading: Promise<Module> | undefined;
  let trials = 0;
  const load = async (): Promise<Module> => {
    const [own, ...shared] = filesOf(part);
    if (own === undefined) throw new Error(`the page does not name the part ${part}`);
    trials += 1;
    // Browsers remember a module that failed by its address.
    const address = trials === 1 ? own.address : `${own.address}?${trials}`;
    await Promise.all([preload({ ...own, address }), ...shared.map(preload)]);
    return import(address);
  };
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}

/** What seals a ballot: only voters need it. */
export const loadSealing = loader<typeof import("#web/sealing.ts")>("sealing");
/** What draws a QR code. */
export const loadSquares = loader<typeof import("#web/qr/squares.ts")>("squares");

/** The pages that whoever comes for another does without. */
export const PAGES = {
  vote: loader<typeof import("#web/vote/vote-page.tsx")>("vote"),
  results: loader<typeof import("#web/results/results-page.tsx")>("results"),
  check: loader<typeof import("#web/check/check-page.tsx")>("check"),
  monitor: loader<typeof import("#web/monitor/monitor-page.tsx")>("monitor"),
} as const;
