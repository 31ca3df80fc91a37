import { useOfficeMessages } from "#web/office/messages/words.ts";
import { Heading } from "#web/shell/heading.tsx";

export function PollingPage() {
  const t = useOfficeMessages();
  return <Heading text={t.officePolling.title} />;
}
