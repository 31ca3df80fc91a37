/** Starting a script beside the page. The site's policy forbids every script that this does not let through. */

type Policy = Readonly<{ createScriptURL(address: string): unknown }>;
type PolicyMaker = Readonly<{ createPolicy(name: string, rules: Policy): Policy }>;

/** As the build names them: on this site, with a hash of what is in them. */
const OWN = /^\/[a-z-]+-worker-[0-9a-f]{8}\.js$/;

const rules: Policy = {
  createScriptURL(address) {
    if (!OWN.test(address)) throw new TypeError("not a script of this site");
    return address;
  },
};

let policy: Policy | undefined;

/**
 * Workers have no integrity of their own: the bytes are checked by a request before, which leaves them in the browser's cache.
 * @param script from an import of a `.worker`
 * @throws Error when its bytes are others
 */
export async function startWorker({
  address,
  integrity,
}: Readonly<{ address: string; integrity: string }>): Promise<Worker> {
  const response = await fetch(address, { integrity });
  await response.arrayBuffer();
  const maker = (globalThis as Readonly<{ trustedTypes?: PolicyMaker }>).trustedTypes;
  // A policy of that name can be made once.
  policy ??= maker?.createPolicy("scrutin-worker", rules) ?? rules;
  return new Worker(policy.createScriptURL(address) as string, { type: "module" });
}
