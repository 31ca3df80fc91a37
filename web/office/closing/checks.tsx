import type { ClosingCheck } from "#functions/office/closing/contract.ts";
import { AskButton } from "#web/office/closing/ask-button.tsx";
import type { RoomState } from "#web/office/closing/room-state.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";

/** Signs beside words, which alone say the same. */
const MARKS: Readonly<Record<ClosingCheck["state"], string>> = { met: "✓", unmet: "✗", advised: "!", unknown: "…" };

/** What must be so before certifying: each turns green by itself, or says what to do. */
export function Checks(room: RoomState) {
  const t = useOfficeMessages();
  const { standing, isOfficer } = room;
  const isClosed = standing.phase === "closed";
  return (
    <section aria-labelledby="checks">
      <h2 id="checks">{t.officeClosing.checks.title}</h2>
      <ol class="closing-checks">
        {standing.checks.map((one) => (
          <li key={one.check} data-check={one.check} class={one.state}>
            <span class="mark" aria-hidden="true">
              {MARKS[one.state]}
            </span>
            <div>
              <p>
                {t.officeClosing.checks.of[one.check][one.state]}
                <span class="visually-hidden"> {t.officeClosing.checks.state[one.state]}</span>
              </p>
              {/* When it closes stands above, as clocks show it. */}
              {one.detail !== null && one.check !== "closed" && <p class="quiet">{one.detail}</p>}
            </div>
          </li>
        ))}
      </ol>
      {isOfficer && isClosed && (
        <p class="actions">
          <AskButton
            {...room}
            route="recount"
            body={{ swap: false }}
            act={t.officeClosing.recount.act}
            title={t.officeClosing.recount.act}
          >
            <p>{t.officeClosing.recount.what}</p>
          </AskButton>
          {standing.checks.some(({ check, state }) => check === "recounted" && state === "unmet") && (
            <AskButton
              {...room}
              route="recount"
              body={{ swap: true }}
              act={t.officeClosing.recount.swap}
              title={t.officeClosing.recount.swap}
              isGrave
            >
              <p>{t.officeClosing.recount.swapWhat}</p>
            </AskButton>
          )}
        </p>
      )}
    </section>
  );
}
