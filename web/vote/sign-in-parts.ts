import { lazily } from "#web/shell/lazy-page.tsx";

/** What only votes need whose voters sign in, loaded when it is first needed. */
export const SignIn = lazily("sign-in", async () => (await import("#web/vote/sign-in.tsx")).SignIn);
