import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";

/**
 * A native dialog above everything else, open as long as it is rendered. The browser keeps focus in it and gives it back.
 * @param onClose on Escape too; without it the dialog stays
 */
export function Dialog({
  title,
  onClose,
  children,
}: Readonly<{ title: string; onClose?: () => void; children: ComponentChildren }>) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const shown = dialog.current;
    // Preact may run this twice for the same element.
    if (shown !== null && !shown.open) shown.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      class="office-dialog"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
    >
      <h2 id={id} tabIndex={-1}>
        {title}
      </h2>
      {children}
    </dialog>
  );
}
