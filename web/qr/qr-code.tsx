import { useEffect, useState } from "preact/hooks";
import { loadSquares } from "#web/parts.ts";
import type { Squares } from "#web/qr/squares.ts";

/** A text as a QR code, dark on white in every colour scheme: not every camera reads the reverse. Nothing until it can be drawn. */
export function QrCode({ text, label }: Readonly<{ text: string; label: string }>) {
  const [squares, setSquares] = useState<Squares>();
  useEffect(() => {
    let wanted = true;
    // Without it the code can still be read, copied and typed.
    loadSquares().then(
      ({ squaresOf }) => wanted && setSquares(squaresOf(text)),
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [text]);
  if (squares === undefined) return null;
  return (
    <svg
      class="qr"
      viewBox={`0 0 ${squares.size} ${squares.size}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <path d={squares.path} />
    </svg>
  );
}
