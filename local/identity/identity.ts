import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { ISSUER_PLACEHOLDER, OFFICE_PATH, type SiteAddress, type Told, VOTERS_PATH } from "#local/identity/contract.ts";

/** The issuers of a system's tokens, by whom they are about. */
export type Issuers = Readonly<{ office: string; voters: string }>;

/** The laptop's identity provider (oidc-provider), in a process of its own so that it does not block the API. */
export type Identity = Readonly<{
  origin: string;
  issuers: Issuers;
  /** Says where the site is served, and resolves once people can sign in. */
  serve(siteUrl: string): Promise<void>;
  stop(): Promise<void>;
}>;

const PROCESS_FILE = fileURLToPath(new URL("process.ts", import.meta.url));

const NOT_STARTED = "The identity provider did not start.";

function told<T>(child: ChildProcess, ended: Promise<void>, read: (message: Told) => T | undefined): Promise<T> {
  const heard = new Promise<T>((resolve) => {
    const listen = (message: Told): void => {
      const value = read(message);
      if (value === undefined) return;
      child.off("message", listen);
      resolve(value);
    };
    child.on("message", listen);
  });
  const gone = ended.then((): never => {
    throw new EnglishRefusal(NOT_STARTED);
  });
  return Promise.race([heard, gone]);
}

/** @param preferredPort taken when it is free; 0 for any */
export async function startIdentity(preferredPort = 0): Promise<Identity> {
  const child = fork(PROCESS_FILE, [String(preferredPort)], {
    env: {
      PATH: process.env.PATH ?? "",
      ...(process.env.NODE_COMPILE_CACHE !== undefined && { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE }),
    },
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    execArgv: ["--disable-warning=ExperimentalWarning"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const port = await told(child, ended, (message) => (message === "serving" ? undefined : message.port));
  const origin = `http://localhost:${port}`;
  return {
    origin,
    issuers: { office: `${origin}${OFFICE_PATH}`, voters: `${origin}${VOTERS_PATH}` },
    async serve(siteUrl) {
      const serving = told(child, ended, (message) => (message === "serving" ? true : undefined));
      const address: SiteAddress = { siteUrl };
      child.send(address);
      await serving;
    },
    async stop() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

/** A value of JSON with the provider's origin where the placeholder stands. */
export function withIssuers<T>(value: T, origin: string): T {
  return JSON.parse(JSON.stringify(value).replaceAll(`"${ISSUER_PLACEHOLDER}`, `"${origin}`));
}
