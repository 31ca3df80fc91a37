import type { Page } from "playwright-core";
import { DEMO_PASSWORD, type OFFICE_ACCOUNTS } from "#local/identity/accounts.ts";
import { watch } from "#test/e2e/browser.ts";

/**
 * Signing in to the console, through the provider's own page. Signing out ends every session of an account, in other files too:
 * only session.test.ts, as officer2, and access.test.ts, as observer2, may do so.
 */

export type Account = keyof typeof OFFICE_ACCOUNTS;

/** A file that is hashed and written takes its time on a machine that does many things. */
const PATIENCE_MS = 90_000;

/** In either language. */
const SIGN_IN = /^(?:Sign in|Me connecter)$/;
const SIGN_OUT = /^(?:Sign out|Se déconnecter)$/;

/** Fills in the provider's form. */
export async function typeAccount(page: Page, account: Account): Promise<void> {
  await page.locator("input[name=name]").fill(account);
  await page.locator("input[name=password]").fill(DEMO_PASSWORD);
  await page.getByRole("button", { name: SIGN_IN }).click();
}

/**
 * Opens a page of the console and signs in.
 * @param path of the console
 * @returns what goes wrong on the page
 */
export async function signedIn(page: Page, account: Account, path = "/en/office/"): Promise<string[]> {
  const faults = watch(page);
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(path);
  await typeAccount(page, account);
  await page.getByRole("button", { name: SIGN_OUT }).waitFor();
  return faults;
}
