import type { Language } from "#core/language.ts";
import type { Answer } from "#web/api.ts";
import { useLanguage } from "#web/messages/catalogue.ts";
import { Failure, Loading, useAnswer } from "#web/shell/answers.tsx";
import { Heading } from "#web/shell/heading.tsx";
import { Told } from "#web/shell/told.tsx";
import accessibilityEn from "#web/texts/accessibility.en.md";
import accessibilityFr from "#web/texts/accessibility.fr.md";
import helpEn from "#web/texts/help.en.md";
import helpFr from "#web/texts/help.fr.md";
import { type Block, readMarkedText, type Span } from "#web/texts/marked-text.ts";
import privacyEn from "#web/texts/privacy.en.md";
import privacyFr from "#web/texts/privacy.fr.md";
import type { TextName } from "#web/texts/text-names.ts";
import "#web/styles/text.css";

type File = Readonly<{ href: string; integrity: string }>;

const FILES: Readonly<Record<TextName, Readonly<Record<Language, File>>>> = {
  help: { fr: helpFr, en: helpEn },
  privacy: { fr: privacyFr, en: privacyEn },
  accessibility: { fr: accessibilityFr, en: accessibilityEn },
};

/** The browser refuses any other bytes than this build's. */
async function load({ href, integrity }: File): Promise<Answer<string>> {
  try {
    const response = await fetch(href, { integrity });
    return response.ok ? { kind: "ok", body: await response.text() } : { kind: "unreachable" };
  } catch {
    return { kind: "unreachable" };
  }
}

export function TextPage({ name }: Readonly<{ name: TextName }>) {
  const language = useLanguage();
  const file = FILES[name][language];
  const { answer, retry } = useAnswer(file.href, () => load(file));
  if (answer === undefined) return <Loading />;
  if (answer.kind !== "ok") return <Failure answer={answer} retry={retry} />;
  return (
    <article class="text">
      {readMarkedText(answer.body).map((block) => (
        <Shown key={block.kind === "title" ? "title" : JSON.stringify(block)} block={block} />
      ))}
    </article>
  );
}

function Shown({ block }: Readonly<{ block: Block }>) {
  switch (block.kind) {
    case "title":
      return <Heading text={block.text} />;
    case "heading":
      return <h2>{block.text}</h2>;
    case "paragraph":
      return (
        <p>
          <Spans spans={block.spans} />
        </p>
      );
    case "list": {
      const List = block.isNumbered ? "ol" : "ul";
      return (
        <List>
          {block.items.map((spans) => (
            <li key={JSON.stringify(spans)}>
              <Spans spans={spans} />
            </li>
          ))}
        </List>
      );
    }
    default:
      return block satisfies never;
  }
}

function Spans({ spans }: Readonly<{ spans: readonly Span[] }>) {
  return <>{spans.map(({ text, href }) => (href === undefined ? <Told text={text} /> : <a href={href}>{text}</a>))}</>;
}
