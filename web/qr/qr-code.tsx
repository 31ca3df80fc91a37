import { useEffect, useState } from "preact/hooks";
import { loader } from "#web/load-part.ts";
import type { Squares } from "#web/qr/squares.ts";

const loadSquares = loader("squares", () => import("#web/qr/squares.ts"));

/** Dark on white in every colour scheme: not every camera reads the reverse. */
export function QrCode({ text, label }: Readonly<{ text: string; label: string }>) {
  const [squares, setSquares] = useState<Squares | "awaited" | "missing">("awaited");
  useEffect(() => {
    let wanted = true;
    // The code can still be copied and typed.
    loadSquares().then(
      ({ squaresOf }) => wanted && setSquares(squaresOf(text)),
      () => wanted && setSquares("missing"),
    );
    return () => {
      wanted = false;
    };
  }, [text]);
  if (squares === "missing") return null;
  // Its place is kept: what comes late would push the button that has the focus out of sight.
  if (squares === "awaited") return <div class="qr awaited" />;
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
