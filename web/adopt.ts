const adopted = new Map<number, CSSStyleSheet>();

/**
 * Adds a style sheet to the page, from the script that needs it: the content security policy allows none in the page itself, and
 * one of its own would be one more request. The build calls this for each style sheet that a module imports.
 * @param place among the site's style sheets, whatever is loaded first
 */
export function adopt(place: number, styles: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  adopted.set(place, sheet);
  document.adoptedStyleSheets = [...adopted].sort(([one], [other]) => one - other).map(([, known]) => known);
}
