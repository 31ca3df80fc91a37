import { lazily } from "#web/shell/lazy-page.tsx";

/** What only votes need whose key trustees hold together, loaded when it is first needed. */
export const Trustees = lazily("trustees", async () => (await import("#web/trustees/trustees.tsx")).Trustees);
