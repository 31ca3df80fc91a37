import openapi from "#functions/docs/openapi.json" with { type: "json" };

/** The document's own addresses are not in it. */
const OWN = { "/api/v1/openapi.json": ["get"], "/api/v1/docs": ["get"], "/api/v1/docs/fr": ["get"] };
const documented = Object.entries(openapi.paths).map(([path, methods]) => [path, Object.keys(methods)] as const);

/** A path such as `/elections/{election_id}` matches like a route: a parameter is one segment. */
const ADDRESSES = [...documented, ...Object.entries(OWN)].map(([path, methods]) => ({
  path,
  pattern: new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/\{\w+\}/g, "[^/]+")}$`),
  methods: methods.flatMap((method) => (method === "get" ? ["GET", "HEAD"] : [method.toUpperCase()])),
}));

/** Methods that a path answers; none when the API has no such path. One without parameters goes before one that has them. */
export function allowedMethods(path: string): readonly string[] {
  const found =
    ADDRESSES.find((address) => address.path === path) ?? ADDRESSES.find(({ pattern }) => pattern.test(path));
  return found?.methods ?? [];
}
