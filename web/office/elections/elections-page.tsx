import { useOfficeMessages } from "#web/office/messages/words.ts";
import { Heading } from "#web/shell/heading.tsx";

export function ElectionsPage() {
  const t = useOfficeMessages();
  return <Heading text={t.officeElections.title} />;
}
