import { formatInstant } from "#core/instant-words.ts";
import { useLanguage } from "#web/messages/catalogue.ts";
import { AskButton } from "#web/office/closing/ask-button.tsx";
import type { RoomState } from "#web/office/closing/room-state.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { writePath } from "#web/router.ts";

/** Certify, publish, shred: each when the one before is done. */
export function Acts(room: RoomState) {
  const { standing } = room;
  return (
    <>
      {standing.phase === "closed" && standing.opening !== null && <Certify {...room} />}
      {standing.bundle !== null && <Publish {...room} />}
      {(standing.is_certified || standing.phase === "cancelled") && <Shred {...room} />}
    </>
  );
}

function Certify(room: RoomState) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const { standing, isOfficer } = room;
  const { bundle } = standing;
  const isReady = standing.checks.every(({ state }) => state === "met" || state === "advised");
  return (
    <section aria-labelledby="certify">
      <h2 id="certify">{t.officeClosing.certify.title}</h2>
      {bundle !== null ? (
        <p>{t.officeClosing.certify.done(formatInstant(language, bundle.certified_at, standing.time_zone))}</p>
      ) : standing.is_certified ? (
        <p>{t.officeClosing.certify.elsewhere}</p>
      ) : (
        <p>{isReady ? t.officeClosing.certify.ready : t.officeClosing.certify.notYet}</p>
      )}
      {isOfficer && isReady && standing.published_at === null && (
        <p class="actions">
          <AskButton
            {...room}
            route="certify"
            act={bundle === null ? t.officeClosing.certify.act : t.officeClosing.certify.again}
            title={t.officeClosing.certify.title}
            isPrimary={bundle === null}
          >
            <p>{t.officeClosing.certify.what}</p>
          </AskButton>
        </p>
      )}
    </section>
  );
}

function Publish(room: RoomState) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const { standing, isOfficer } = room;
  const { published_at: publishedAt } = standing;
  return (
    <section aria-labelledby="publish">
      <h2 id="publish">{t.officeClosing.publish.title}</h2>
      {publishedAt === null ? (
        <p>{t.officeClosing.publish.notYet}</p>
      ) : (
        <p>
          {t.officeClosing.publish.done(formatInstant(language, publishedAt, standing.time_zone))}{" "}
          <a href={writePath(language, { page: "results", electionId: standing.election_id })}>
            {t.officeClosing.publish.see}
          </a>
        </p>
      )}
      {isOfficer && publishedAt === null && (
        <p class="actions">
          <AskButton
            {...room}
            route="publish"
            act={t.officeClosing.publish.act}
            title={t.officeClosing.publish.title}
            isPrimary
          >
            <p>{t.officeClosing.publish.what}</p>
          </AskButton>
        </p>
      )}
    </section>
  );
}

function Shred(room: RoomState) {
  const t = useOfficeMessages();
  const { standing, isOfficer } = room;
  return (
    <section aria-labelledby="shred">
      <h2 id="shred">{t.officeClosing.shred.title}</h2>
      <p>{standing.is_shredded ? t.officeClosing.shred.done : t.officeClosing.shred.why}</p>
      {isOfficer && !standing.is_shredded && (
        <p class="actions">
          <AskButton
            {...room}
            route="shred"
            act={t.officeClosing.shred.act}
            title={t.officeClosing.shred.title}
            isTyped
            isGrave
          >
            <p>{t.officeClosing.shred.what}</p>
          </AskButton>
        </p>
      )}
    </section>
  );
}
