import { useOfficeMessages } from "#web/office/messages/words.ts";
import { Proposals } from "#web/office/proposals/proposals.tsx";
import type { Me } from "#web/office/sign-in/me.ts";
import { Heading } from "#web/shell/heading.tsx";

export function OverviewPage({ me }: Readonly<{ me: Me }>) {
  const t = useOfficeMessages();
  return (
    <>
      <Heading text={t.overview.title} />
      <Proposals me={me} />
    </>
  );
}
