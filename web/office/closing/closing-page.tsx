import { useOfficeMessages } from "#web/office/messages/words.ts";
import { Heading } from "#web/shell/heading.tsx";

export function ClosingPage() {
  const t = useOfficeMessages();
  return <Heading text={t.officeClosing.title} />;
}
