import type { Language } from "#core/language.ts";
import { useLanguage } from "#web/messages/catalogue.ts";
import { type SignInMessages, signInEn } from "#web/messages/sign-in-en.ts";
import { signInFr } from "#web/messages/sign-in-fr.ts";
import type { Identity } from "#web/vote/sign-in/provider.ts";

const SAY: Readonly<Record<Language, SignInMessages>> = { fr: signInFr, en: signInEn };

export const useSignInWords = (): SignInMessages => SAY[useLanguage()];

export const hostOf = ({ issuer }: Pick<Identity, "issuer">): string => new URL(issuer).host;
