import { useEffect, useState } from "preact/hooks";
import type { Squares } from "#web/qr/squares.ts";

/** Where the drawing of QR codes lies and what bytes it has; the build puts it in. Few visits need it. */
declare const SQUARES_PART: Readonly<{ address: string; integrity: string }>;

/** Loads a module into the browser's module map, whose bytes the browser checks. Rejects when they are others. */
function preload({ address, integrity }: typeof SQUARES_PART): Promise<void> {
  return new Promise((resolve, reject) => {
    const link = document.createElement("link");
    link.rel = "modulepreload";
    link.href = address;
    link.integrity = integrity;
    link.onload = () => resolve();
    link.onerror = () => reject(new Error(`${address} could not be loaded`));
    document.head.append(link);
  });
}

let loading: Promise<typeof import("#web/qr/squares.ts")> | undefined;

function loadSquares(): Promise<typeof import("#web/qr/squares.ts")> {
  loading ??= preload(SQUARES_PART).then(() => import(SQUARES_PART.address));
  return loading;
}

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
