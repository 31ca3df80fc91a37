import { existsSync, readFileSync } from "node:fs";
import tls from "node:tls";
import { fileURLToPath } from "node:url";

/**
 * An emulator of AWS on this machine (MiniStack, LocalStack), named by AWS_ENDPOINT_URL as for every AWS tool. An endpoint
 * elsewhere, such as a private network's, is AWS's own.
 */

/** Where `npm run endpoint` keeps its Python environment and the endpoint's certificate. */
export const EMULATOR_FOLDER = fileURLToPath(new URL("../../.scrutin/ministack/", import.meta.url));
export const EMULATOR_CERTIFICATE = `${EMULATOR_FOLDER}certificate.pem`;

/** The stage for emulators; config/endpoint.json says what it leaves out. */
export const EMULATOR_STAGE = "endpoint";

const THIS_MACHINE = new Set(["localhost", "127.0.0.1", "[::1]", "localhost.localstack.cloud"]);

/** The emulator's address, without a trailing slash; undefined when AWS_ENDPOINT_URL names none on this machine. */
export function emulatorUrl(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const { AWS_ENDPOINT_URL } = environment;
  if (AWS_ENDPOINT_URL === undefined || !URL.canParse(AWS_ENDPOINT_URL)) return undefined;
  return THIS_MACHINE.has(new URL(AWS_ENDPOINT_URL).hostname) ? AWS_ENDPOINT_URL.replace(/\/+$/, "") : undefined;
}

/** Makes this process and its children trust the certificate of `npm run endpoint`. */
export function trustEmulator(): void {
  if (process.env.NODE_EXTRA_CA_CERTS === EMULATOR_CERTIFICATE || !existsSync(EMULATOR_CERTIFICATE)) return;
  tls.setDefaultCACertificates([...tls.getCACertificates("default"), readFileSync(EMULATOR_CERTIFICATE, "utf8")]);
  process.env.NODE_EXTRA_CA_CERTS = EMULATOR_CERTIFICATE;
}

/** An API's address at an emulator, by path: the subdomain that emulators announce does not resolve everywhere. */
export function emulatedApiUrl(emulator: string, apiUrl: string): string {
  const { hostname } = new URL(apiUrl);
  const [apiId, service] = hostname.split(".");
  return service === "execute-api" ? `${emulator}/_aws/execute-api/${apiId}/$default` : apiUrl;
}
