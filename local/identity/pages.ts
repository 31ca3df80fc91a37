import type { KoaContextWithOIDC } from "oidc-provider";
import { DEMO_PASSWORD, OFFICE_ACCOUNTS } from "#local/identity/accounts.ts";

/** The provider's pages, in French and English. They work without a script. */

export type Language = "fr" | "en";

const WORDS = {
  fr: {
    office: "Connexion au bureau des élections",
    voters: "Connexion des électeurs",
    demonstration: "Fournisseur d’identité de la démonstration, sur cet ordinateur seulement.",
    name: "Nom d’utilisateur",
    number: "Numéro d’électeur",
    password: "Mot de passe",
    signIn: "Me connecter",
    hint: (names: string) => `Noms d’utilisateur : ${names}. Mot de passe de tous : ${DEMO_PASSWORD}.`,
    votersHint: `Mot de passe de tous : ${DEMO_PASSWORD}.`,
    failed: "Le nom ou le mot de passe n’est pas le bon. Vérifiez les deux et recommencez.",
    signOutTitle: "Déconnexion",
    signOutAsk: "Voulez-vous vous déconnecter du fournisseur d’identité de la démonstration ?",
    signOut: "Me déconnecter",
    broken: "La connexion n’a pas pu se faire",
    brokenWhat: "Revenez au site et recommencez.",
  },
  en: {
    office: "Sign in to the election office",
    voters: "Sign in to vote",
    demonstration: "The demonstration’s identity provider, on this computer only.",
    name: "User name",
    number: "Voter number",
    password: "Password",
    signIn: "Sign in",
    hint: (names: string) => `User names: ${names}. Everyone’s password: ${DEMO_PASSWORD}.`,
    votersHint: `Everyone’s password: ${DEMO_PASSWORD}.`,
    failed: "The name or the password is wrong. Check both and try again.",
    signOutTitle: "Sign out",
    signOutAsk: "Do you want to sign out of the demonstration’s identity provider?",
    signOut: "Sign out",
    broken: "The sign-in did not work",
    brokenWhat: "Go back to the site and try again.",
  },
} as const;

/** The first language of ours that the site, otherwise the browser, asks for. */
export function languageOf(asked: string, accepted = ""): Language {
  const first = `${asked},${accepted}`.split(/[\s,]+/).find((tag) => /^(?:fr|en)\b/i.test(tag));
  return first?.toLowerCase().startsWith("fr") === true ? "fr" : "en";
}

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (each) => ESCAPES[each] ?? each);

const STYLE = `:root{color-scheme:light dark;--paper:#fbfaf7;--ink:#1a1a1a;--ballot:#1d4ed8;--fault:#b42318;--line:#8a877f}
@media (prefers-color-scheme:dark){:root{--paper:#14161a;--ink:#f1efe9;--ballot:#8fb0ff;--fault:#ff9b8f;--line:#7d828c}}
body{margin:0;background:var(--paper);color:var(--ink);font:18px/1.5 system-ui,sans-serif}
main{max-width:26rem;margin:0 auto;padding:32px 16px}
h1{font:600 28px/1.2 ui-serif,Charter,Georgia,serif}
label{display:block;margin:16px 0 4px}
input{box-sizing:border-box;width:100%;min-height:48px;padding:8px 12px;font:inherit;color:inherit;background:transparent;border:1px solid var(--line);border-radius:4px}
button{margin-top:24px;min-height:48px;padding:8px 20px;font:inherit;color:var(--paper);background:var(--ballot);border:0;border-radius:4px}
:focus-visible{outline:3px solid var(--ballot);outline-offset:2px}
.fault{color:var(--fault)}`;

const document = (language: Language, title: string, body: string): string => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${body}
</main>
</body>
</html>
`;

type SignInPage = Readonly<{
  language: Language;
  isOffice: boolean;
  /** The name of a failed attempt. */
  failedAs?: string;
}>;

export function signInPage({ language, isOffice, failedAs }: SignInPage): string {
  const words = WORDS[language];
  const fault = failedAs === undefined ? "" : `<p class="fault" role="alert" id="fault">${escaped(words.failed)}</p>`;
  const faulty = failedAs === undefined ? "" : ' aria-invalid="true" aria-describedby="fault"';
  const hint = isOffice ? words.hint(Object.keys(OFFICE_ACCOUNTS).join(", ")) : words.votersHint;
  return document(
    language,
    isOffice ? words.office : words.voters,
    `<p>${escaped(words.demonstration)}</p>
${fault}
<form method="post">
<label for="name">${escaped(isOffice ? words.name : words.number)}</label>
<input id="name" name="name" value="${escaped(failedAs ?? "")}" autocomplete="username" autocapitalize="none" spellcheck="false" required autofocus${faulty}>
<label for="password">${escaped(words.password)}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required${faulty}>
<button>${escaped(words.signIn)}</button>
</form>
<p>${escaped(hint)}</p>`,
  );
}

const languageIn = (context: KoaContextWithOIDC): Language =>
  languageOf(String(context.oidc.params?.ui_locales ?? ""), context.get("accept-language"));

/**
 * Whoever comes from one of its clients has asked there already: the form sends itself. The office names itself, and gives no token, which
 * would be left in addresses.
 */
export function signOutPage(context: KoaContextWithOIDC, form: string): void {
  const language = languageIn(context);
  const words = WORDS[language];
  const { IdTokenHint, Client } = context.oidc.entities;
  const hasAsked = IdTokenHint !== undefined || Client !== undefined;
  const sent = hasAsked ? '<script>document.querySelector("button").click()</script>' : "";
  context.type = "html";
  context.body = document(
    language,
    words.signOutTitle,
    `<p>${escaped(words.signOutAsk)}</p>${form}
<button type="submit" form="op.logoutForm" value="yes" name="logout" autofocus>${escaped(words.signOut)}</button>${sent}`,
  );
}

export function failedPage(
  context: KoaContextWithOIDC,
  out: Readonly<{ error: string; error_description?: string | undefined }>,
): void {
  const language = languageIn(context);
  const words = WORDS[language];
  context.type = "html";
  context.body = document(
    language,
    words.broken,
    `<p>${escaped(words.brokenWhat)}</p><p><code>${escaped(out.error)}${escaped(out.error_description === undefined ? "" : `: ${out.error_description}`)}</code></p>`,
  );
}
