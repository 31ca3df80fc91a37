/**
 * What the build says of the files loaded later (infra/bundling/graph.ts), in a text without quotes, which it puts in last:
 * `part:file integrity,file integrity;…`, the part's own file first.
 */
declare const SITE_PARTS: string;

type File = Readonly<{ address: string; integrity: string }>;

/** Read only when needed: tests and load seal as the site does, without its build. */
function filesOf(part: string): readonly File[] {
  const line = SITE_PARTS.split(";").find((one) => one.startsWith(`${part}:`));
  const files = line?.slice(part.length + 1).split(",") ?? [];
  return files.map((file) => {
    const [name = "", integrity = ""] = file.split(" ");
    return { address: `/${name}`, integrity };
  });
}

const loadings = new Map<string, Promise<void>>();

/** The browser checks the bytes; rejects when they differ. */
function loadFile({ address, integrity }: File): Promise<void> {
  const known = loadings.get(address);
  if (known !== undefined) return known;
  const link = document.createElement("link");
  // Browsers without the check trust the site's own origin, as for the first script.
  if (!link.relList.supports("modulepreload")) return Promise.resolve();
  const loading = new Promise<void>((resolve, reject) => {
    link.rel = "modulepreload";
    link.href = address;
    link.integrity = integrity;
    link.onload = () => resolve();
    link.onerror = () => {
      loadings.delete(address);
      reject(new Error(`${address} could not be loaded`));
    };
    document.head.append(link);
  });
  loadings.set(address, loading);
  return loading;
}

const loadFiles = (part: string): Promise<unknown> => Promise.all(filesOf(part).map(loadFile));

/** Begins to load the files of a part, and runs none. */
export function preload(part: string): void {
  // Whoever needs it learns that it could not be loaded.
  loadFiles(part).catch(() => undefined);
}

/**
 * Loads a part of the site when it is first needed.
 * @param part its file's name, without its ending
 */
export async function loadPart<Module>(part: string, load: () => Promise<Module>): Promise<Module> {
  await loadFiles(part);
  return load();
}

/** Retries after a failure: browsers remember a failed module by its address. For a part that is one file. */
export function loader<Module>(part: string, load: () => Promise<Module>): () => Promise<Module> {
  let loading: Promise<Module> | undefined;
  let trials = 0;
  const tryOnce = async (): Promise<Module> => {
    trials += 1;
    const [file] = filesOf(part);
    if (trials === 1 || file === undefined) return loadPart(part, load);
    const tried = `${file.address}?${trials}`;
    await loadFile({ ...file, address: tried });
    return import(tried);
  };
  return () => {
    loading ??= tryOnce().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}
