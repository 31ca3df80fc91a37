import { useOfficeMessages } from "#web/office/messages/words.ts";
import { Heading } from "#web/shell/heading.tsx";

export function OverviewPage() {
  const t = useOfficeMessages();
  return <Heading text={t.overview.title} />;
}
