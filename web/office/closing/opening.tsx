import { AskButton } from "#web/office/closing/ask-button.tsx";
import type { RoomState } from "#web/office/closing/room-state.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { Groups } from "#web/results/groups.tsx";

/** The opening statement: stated before anybody can vote, and what of it is to be published elsewhere. */
export function Opening(room: RoomState) {
  const t = useOfficeMessages();
  const { standing, isOfficer } = room;
  const { opening, phase } = standing;
  if (opening === null && (phase === "closed" || phase === "cancelled")) return null;
  return (
    <section aria-labelledby="opening">
      <h2 id="opening">{t.officeClosing.opening.title}</h2>
      {opening === null ? (
        <>
          <p>{t.officeClosing.opening.why(standing.voters)}</p>
          {isOfficer && (
            <p class="actions">
              <AskButton
                {...room}
                route="open-statement"
                act={t.officeClosing.opening.act}
                title={t.officeClosing.opening.act}
                isPrimary
              >
                <p>{t.officeClosing.opening.fixes(standing.voters)}</p>
              </AskButton>
            </p>
          )}
        </>
      ) : (
        <>
          <p>{t.officeClosing.opening.publish}</p>
          <dl class="codes">
            <dt>{t.officeClosing.opening.sha256}</dt>
            <dd>
              <Groups code={opening.sha256} />
            </dd>
            <dt>{t.officeClosing.opening.fingerprint}</dt>
            <dd>
              <Groups code={opening.fingerprint} of={4} />
            </dd>
            {opening.newest !== opening.sha256 && (
              <>
                <dt>{t.officeClosing.opening.newest}</dt>
                <dd>
                  <Groups code={opening.newest} />
                </dd>
              </>
            )}
          </dl>
        </>
      )}
    </section>
  );
}
