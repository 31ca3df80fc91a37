import { useLanguage, useMessages } from "#web/messages/catalogue.ts";
import { writePath } from "#web/router.ts";
import { TEXT_NAMES } from "#web/texts/text-names.ts";

export function Footer() {
  const t = useMessages();
  const language = useLanguage();
  return (
    <footer class="site-footer">
      <nav aria-label={t.site.pages}>
        <ul>
          <FooterLink href={writePath(language, { page: "home" })} text={t.site.home} />
          <FooterLink href={writePath(language, { page: "check" })} text={t.site.check} />
          <FooterLink href={writePath(language, { page: "monitor" })} text={t.site.monitor} />
          {TEXT_NAMES.map((name) => (
            <FooterLink key={name} href={writePath(language, { page: "text", name })} text={t.site.text[name]} />
          ))}
        </ul>
      </nav>
      <p>{t.site.footer}</p>
    </footer>
  );
}

function FooterLink({ href, text }: Readonly<{ href: string; text: string }>) {
  return (
    <li>
      <a href={href}>{text}</a>
    </li>
  );
}
