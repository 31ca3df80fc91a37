import type { RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

/** Dragging by finger, pen or mouse. */

/** A rank from 1, or outside the ranking. */
export type Held = number | "outside";

type Grip = Readonly<{ candidateId: string; pointerId: number; belowMiddle: number }>;

/** Pixels from the window's edge at which dragging scrolls. */
const EDGE_PX = 72;
const SCROLL_STEP_PX = 12;

function middleOf(element: Element): number {
  const { top, height } = element.getBoundingClientRect();
  return top + height / 2;
}

/** Rows of names carry `data-row`, those in the ranking also `data-ranked`; what follows the ranking carries `data-outside`. */
function heldAt(ballot: HTMLElement, candidateId: string, y: number): Held {
  const outside = ballot.querySelector("[data-outside]");
  if (outside !== null && y > outside.getBoundingClientRect().bottom) return "outside";
  const others = [...ballot.querySelectorAll<HTMLElement>("[data-ranked]")].filter(
    ({ dataset }) => dataset.row !== candidateId,
  );
  return 1 + others.filter((row) => middleOf(row) < y).length;
}

/**
 * `onHeld` reports the rank under the pointer, `onDrop` the release. The whole ballot listens: a row that moves loses
 * the pointer.
 */
export function useDrag(
  ballot: RefObject<HTMLElement | null>,
  onHeld: (candidateId: string, held: Held) => void,
  onDrop: (candidateId: string) => void,
) {
  const [grip, setGrip] = useState<Grip>();
  const pointerY = useRef(0);

  const rowOf = ({ candidateId }: Grip): HTMLElement | null =>
    ballot.current?.querySelector<HTMLElement>(`[data-row="${candidateId}"]`) ?? null;
  /** Under the pointer, wherever it is in the list by now. */
  const carry = (held: Grip): void => {
    const row = rowOf(held);
    if (row === null) return;
    row.style.translate = "";
    row.style.translate = `0 ${Math.round(pointerY.current - held.belowMiddle - middleOf(row))}px`;
  };
  useLayoutEffect(() => {
    if (grip !== undefined) carry(grip);
  });

  const end = (event: PointerEvent): void => {
    if (grip === undefined || event.pointerId !== grip.pointerId) return;
    const row = rowOf(grip);
    if (row !== null) row.style.translate = "";
    setGrip(undefined);
    onDrop(grip.candidateId);
  };
  return {
    dragged: grip?.candidateId,
    take(event: PointerEvent, candidateId: string): void {
      const row = ballot.current?.querySelector(`[data-row="${candidateId}"]`);
      if (event.button !== 0 || ballot.current === null || row == null) return;
      ballot.current.setPointerCapture(event.pointerId);
      pointerY.current = event.clientY;
      setGrip({ candidateId, pointerId: event.pointerId, belowMiddle: event.clientY - middleOf(row) });
    },
    listeners: {
      onPointerMove(event: PointerEvent): void {
        if (grip === undefined || event.pointerId !== grip.pointerId || ballot.current === null) return;
        pointerY.current = event.clientY;
        if (event.clientY < EDGE_PX) scrollBy(0, -SCROLL_STEP_PX);
        if (event.clientY > innerHeight - EDGE_PX) scrollBy(0, SCROLL_STEP_PX);
        onHeld(grip.candidateId, heldAt(ballot.current, grip.candidateId, event.clientY));
        carry(grip);
      },
      onPointerUp: end,
      onPointerCancel: end,
    },
  };
}
