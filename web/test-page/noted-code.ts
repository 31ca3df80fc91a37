/** The tracking code that was scanned first: the second QR code opens the page anew. Nothing secret, and kept until it is compared. */

const NAME = "scrutin-tested-code";

export function noteCode(code: string): void {
  try {
    localStorage.setItem(NAME, code);
  } catch {
    // Forbidden: it is typed.
  }
}

export function notedCode(): string {
  try {
    return localStorage.getItem(NAME) ?? "";
  } catch {
    return "";
  }
}

export function forgetCode(): void {
  try {
    localStorage.removeItem(NAME);
  } catch {
    // Nothing was noted.
  }
}
