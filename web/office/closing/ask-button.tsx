import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { JobAsked } from "#functions/office-work/contract.ts";
import type { RoomState } from "#web/office/closing/room-state.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { officePost } from "#web/office/shell/answers.tsx";
import { ConfirmDialog } from "#web/office/shell/confirm-dialog.tsx";

type AskButtonProps = Pick<RoomState, "standing" | "isBusy" | "refresh"> &
  Readonly<{
    /** What the button says, and the dialog's. */
    act: string;
    title: string;
    /** What will happen. */
    children: ComponentChildren;
    /** The last part of the route. */
    route: string;
    body?: Readonly<Record<string, unknown>>;
    /** Asks for the election's id, typed: it cannot be undone. */
    isTyped?: boolean;
    isGrave?: boolean;
    isPrimary?: boolean;
  }>;

/** A button that asks for a job, after saying what will happen. */
export function AskButton(props: AskButtonProps) {
  const { standing, isBusy, refresh, act, title, children, route, body = {} } = props;
  const { isTyped = false, isGrave = false, isPrimary = false } = props;
  const t = useOfficeMessages();
  const [isOpen, setOpen] = useState(false);
  const { election_id: electionId } = standing;
  const close = (): void => {
    setOpen(false);
    refresh();
  };
  return (
    <>
      <button
        type="button"
        class={`button ${isGrave ? "grave" : isPrimary ? "primary" : ""}`}
        aria-disabled={isBusy}
        onClick={() => !isBusy && setOpen(true)}
      >
        {act}
      </button>
      {isBusy && <span class="quiet">{t.officeClosing.busy}</span>}
      {isOpen && (
        <ConfirmDialog<JobAsked>
          title={title}
          act={act}
          isGrave={isGrave}
          {...(isTyped && { word: electionId })}
          send={() =>
            officePost<JobAsked>(`/office/elections/${encodeURIComponent(electionId)}/${route}`, {
              ...body,
              ...(isTyped && { typed: electionId }),
            })
          }
          onDone={close}
          onClose={close}
        >
          {children}
        </ConfirmDialog>
      )}
    </>
  );
}
