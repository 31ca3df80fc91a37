import type { Script } from "#infra/bundling/graph.ts";
import { integrityOf } from "#infra/bundling/texts.ts";

/** Places in the page for what the build makes. */
const PLACES = { script: "/main.js", icon: "/icon.svg", styles: "/no-script.css", language: 'lang="en"' } as const;

export type PageParts = Readonly<{
  language: string;
  script: Script;
  icon: string;
  /** For those without scripts: the rest brings its own. */
  styles: Readonly<{ name: string; content: string }>;
}>;

const verified = ({ name, content }: Readonly<{ name: string; content: string }>): string =>
  `/${name}" integrity="${integrityOf(content)}`;

/**
 * A page of the site. It names its script with the integrity of its bytes, and the script names all that it loads later in the same
 * way, so that the browser runs only what this build made.
 * @throws Error when the template has no place for something
 */
export function sitePage(template: string, { language, script, icon, styles }: PageParts): string {
  const filled = {
    language: `lang="${language}"`,
    script: verified(script),
    icon: `data:image/svg+xml,${icon.trim().replaceAll(/>\s+</g, "><").replaceAll('"', "'").replaceAll("#", "%23")}`,
    styles: verified(styles),
  };
  return Object.entries(PLACES).reduce((page, [what, place]) => {
    if (!page.includes(place)) throw new Error(`web/index.html has no ${place}`);
    return page.replace(place, () => filled[what as keyof typeof filled]);
  }, template);
}
