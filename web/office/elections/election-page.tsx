import { useOfficeMessages } from "#web/office/messages/words.ts";
import { Heading } from "#web/shell/heading.tsx";

export function ElectionPage() {
  const t = useOfficeMessages();
  return <Heading text={t.officeElections.title} />;
}
