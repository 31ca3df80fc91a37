import { useLanguage, useMessages } from "#web/messages/catalogue.ts";
import { writePath } from "#web/router.ts";
import { Heading } from "#web/shell/heading.tsx";

export function NotFoundPage() {
  const t = useMessages();
  const language = useLanguage();
  return (
    <>
      <Heading text={t.failure.notFoundTitle} />
      <p>{t.failure.notFound}</p>
      <a class="button" href={writePath(language, { page: "home" })}>
        {t.failure.toHome}
      </a>
    </>
  );
}
