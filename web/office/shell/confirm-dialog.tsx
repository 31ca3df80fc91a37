import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { Dialog } from "#web/office/shell/dialog.tsx";
import { TextField } from "#web/office/shell/field.tsx";
import type { OfficeAnswer } from "#web/office/shell/office-api.ts";
import { useToldAnswer } from "#web/office/shell/told-answer.ts";

type ConfirmDialogProps<T> = Readonly<{
  title: string;
  /** What will happen, and what voters will see. */
  children?: ComponentChildren;
  /** Must be typed first, such as the election's id; for what cannot be undone. */
  word?: string;
  /** Whether a reason is asked for, which the audit records. */
  asksReason?: boolean;
  /** What the button says: the act, by its verb. */
  act: string;
  isGrave?: boolean;
  /** Sends the request. */
  send: (reason: string) => Promise<OfficeAnswer<T>>;
  /** Done: the dialog is to be closed. */
  onDone: (body: T) => void;
  /** Closed without having been done, or because it waits for a second officer. */
  onClose: () => void;
}>;

/** Asks before an act. Says in itself what was refused, and that an act waits for a second officer. */
export function ConfirmDialog<T>(props: ConfirmDialogProps<T>) {
  const { title, children, word, asksReason = false, act, isGrave = false, send, onDone, onClose } = props;
  const t = useOfficeMessages();
  const told = useToldAnswer();
  const [typed, setTyped] = useState("");
  const [reason, setReason] = useState("");
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<OfficeAnswer<T>>();
  const isTyped = word === undefined || typed.trim() === word;
  const hasReason = !asksReason || reason.trim() !== "";

  const confirm = async (event: Event): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (!isTyped || !hasReason || isBusy) return;
    setBusy(true);
    const given = await send(reason.trim());
    setBusy(false);
    if (given.kind === "ok") onDone(given.body);
    else setAnswer(given);
  };

  if (answer?.kind === "proposed") {
    return (
      <Dialog title={t.shell.proposedTitle} onClose={onClose}>
        <p>{t.shell.proposed}</p>
        <div class="actions">
          <button type="button" class="button primary" onClick={onClose}>
            {t.shell.close}
          </button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={(event) => void confirm(event)} noValidate>
        {children}
        {asksReason && (
          <TextField
            label={t.shell.reason}
            hint={t.shell.reasonHint}
            value={reason}
            onInput={setReason}
            fault={isTried && !hasReason ? t.shell.reasonMissing : undefined}
          />
        )}
        {word !== undefined && (
          <TextField
            label={t.shell.typeToConfirm(word)}
            value={typed}
            onInput={setTyped}
            fault={isTried && !isTyped ? t.shell.typedWrong(word) : undefined}
          />
        )}
        {answer !== undefined && (
          <p role="alert" class="refusal">
            {told(answer)}
          </p>
        )}
        <div class="actions">
          <button type="submit" class={`button ${isGrave ? "grave" : "primary"}`} aria-disabled={isBusy}>
            {isBusy ? t.shell.working : act}
          </button>
          <button type="button" class="button plain" onClick={onClose}>
            {t.shell.goBack}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
