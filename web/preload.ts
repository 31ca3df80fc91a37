/**
 * Begins to load a part of the site. The page names the files of each with their integrity (infra/bundling/page.ts); the browser
 * then takes those bytes and no others.
 */
export function preload(part: string): void {
  for (const known of document.querySelectorAll<HTMLLinkElement>(`link[data-part="${part}"]`)) {
    known.removeAttribute("data-part");
    const link = document.createElement("link");
    link.rel = "modulepreload";
    link.integrity = known.integrity;
    link.href = known.href;
    document.head.append(link);
  }
}
