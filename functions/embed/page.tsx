import { createHash } from "node:crypto";
import { renderToString } from "preact-render-to-string";
import { LANGUAGES, type Language } from "#core/language.ts";
import { BarDrawing } from "#functions/embed/drawing.tsx";
import { PICTURE_SIZE } from "#functions/embed/picture.tsx";
import type { Summary } from "#functions/embed/summary.ts";
import { EMBED_WORDS } from "#functions/embed/words.ts";
import type { ToldBar } from "#web/results/told.ts";

/** A result as a page that other sites may frame: no script, nothing fetched, one style sheet allowed by its hash. */

const STYLE = `
:root { color-scheme: light dark; --paper: #fbfaf7; --ink: #1b1a17; --quiet: #59564e; --line: #d8d3c7; --accent: #1d4ed8; }
.night { display: none; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #14161a; --ink: #eceae4; --quiet: #b3afa5; --line: #3a3e47; --accent: #9db8ff; }
  .day { display: none; }
  .night { display: inline; }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 16px; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
main { max-width: 44rem; margin: 0 auto; }
h1, .headline { font-family: ui-serif, Charter, Georgia, serif; line-height: 1.25; margin: 0; }
h1 { font-size: 1rem; font-weight: 600; color: var(--quiet); }
.headline { font-size: 1.375rem; font-weight: 700; margin: 4px 0 12px; }
p { margin: 8px 0; }
ul { list-style: none; margin: 16px 0; padding: 0; }
li { margin: 12px 0; }
.row { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 16px; }
.name { font-weight: 600; }
.share { font-weight: 700; }
.figures { margin-left: auto; white-space: nowrap; }
svg { display: block; width: 100%; height: 12px; margin-top: 4px; forced-color-adjust: none; }
.quiet, .line { color: var(--quiet); font-size: .875rem; }
.line { margin: 4px 0 0; }
footer { display: flex; flex-wrap: wrap; gap: 8px 24px; align-items: center; border-top: 1px solid var(--line); margin-top: 16px; padding-top: 8px; }
footer p { margin: 0; }
a { color: var(--accent); display: inline-block; padding: 8px 0; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`;

const styleHash = createHash("sha256").update(STYLE).digest("base64");

/** Every other page of this site, and every answer, refuses to be framed. */
export const EMBED_POLICY = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors *`;

const LOCALES: Readonly<Record<Language, string>> = { fr: "fr_CA", en: "en_CA" };

type PageProps = Readonly<{
  summary: Summary;
  /** Whether it stands still: a reader asked for a pause. */
  isStill: boolean;
  /** The site's own, such as `https://vote.example.org`; empty where it has none, and addresses are relative. */
  site: string;
}>;

/** The whole page as HTML. */
export function embedPage(props: PageProps): string {
  return `<!doctype html>\n${renderToString(<Page {...props} />)}\n`;
}

function Page({ summary, isStill, site }: PageProps) {
  const { language, title, region, headline, addresses } = summary;
  const name = region === undefined ? title : `${title} – ${region}`;
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{name}</title>
        <meta name="description" content={headline} />
        <meta property="og:type" content="website" />
        <meta property="og:site_name" content="Scrutin" />
        <meta property="og:title" content={name} />
        <meta property="og:description" content={headline} />
        <meta property="og:locale" content={LOCALES[language]} />
        {LANGUAGES.filter((other) => other !== language).map((other) => (
          <meta key={other} property="og:locale:alternate" content={LOCALES[other]} />
        ))}
        <meta property="og:image" content={`${site}${addresses.picture}`} />
        <meta property="og:image:type" content="image/png" />
        <meta property="og:image:width" content={String(PICTURE_SIZE.width)} />
        <meta property="og:image:height" content={String(PICTURE_SIZE.height)} />
        <meta property="og:image:alt" content={`${name}. ${headline}`} />
        <meta name="twitter:card" content="summary_large_image" />
        {/* The only text that is not escaped: it is ours, and the policy's hash is of these very characters. */}
        <style dangerouslySetInnerHTML={{ __html: STYLE }} />
      </head>
      <body>
        <main>
          <Result summary={summary} />
          <Footer summary={summary} isStill={isStill} />
        </main>
      </body>
    </html>
  );
}

function Result({ summary }: Readonly<{ summary: Summary }>) {
  const { title, region, headline, details, bars, others, conditions } = summary;
  return (
    <>
      <h1>
        <bdi>{title}</bdi>
        {region !== undefined && ` – ${region}`}
      </h1>
      <p class="headline">{headline}</p>
      {bars.length > 0 && (
        <ul>
          {bars.map((bar, index) => (
            <Row key={bar.id} bar={bar} isLabelled={bar.needed?.label !== bars[index + 1]?.needed?.label} />
          ))}
        </ul>
      )}
      {others !== undefined && <p class="quiet">{others}</p>}
      {details.map((detail) => (
        <p key={detail}>{detail}</p>
      ))}
      {conditions.map((condition) => (
        <p key={condition} class="quiet">
          {condition}
        </p>
      ))}
    </>
  );
}

/** @param isLabelled whether the line on it is named: once under bars that have the same */
function Row({ bar, isLabelled }: Readonly<{ bar: ToldBar; isLabelled: boolean }>) {
  const { name, detail, mark, share, count, needed } = bar;
  return (
    <li>
      <div class="row">
        <span>
          <bdi class="name">{name}</bdi>{" "}
          <span class="quiet">{[detail, mark].filter((part) => part !== undefined).join(" · ")}</span>
        </span>
        <span class="figures">
          <span class="share">{share}</span> <span class="quiet">{count}</span>
        </span>
      </div>
      <BarDrawing bar={bar} themes={["day", "night"]} width="100%" height={12} />
      {needed !== undefined && isLabelled && <p class="line">{needed.label}</p>}
    </li>
  );
}

function Footer({ summary, isStill }: Omit<PageProps, "site">) {
  const { language, isLive, full, addresses } = summary;
  const words = EMBED_WORDS[language];
  return (
    <footer>
      <a href={full} target="_blank" rel="noopener">
        {words.full} <span class="hidden">{words.opensAnew}</span>
      </a>
      {isLive && (
        <p class="quiet">
          {isStill ? words.paused : words.updates}{" "}
          <a href={isStill ? addresses.results : addresses.still}>{isStill ? words.resume : words.pause}</a>
        </p>
      )}
    </footer>
  );
}
