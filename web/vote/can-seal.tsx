import { useEffect, useState } from "preact/hooks";
import { useMessages } from "#web/messages/catalogue.ts";
import { Heading } from "#web/shell/heading.tsx";

/** Whether this browser can seal a ballot: true until it is found that it cannot. */
export function useCanSeal(): boolean {
  const [can, setCan] = useState(true);
  useEffect(() => {
    // What browsers learnt last of all that sealing needs, but for Ed25519, for which there is a library.
    const tryKey = async () => crypto.subtle.generateKey("X25519", false, ["deriveBits"]);
    tryKey().catch(() => setCan(false));
  }, []);
  return can;
}

/** Instead of the ballot, so that nobody marks it and types their credentials in vain. */
export function CannotSeal({ title }: Readonly<{ title: string }>) {
  const t = useMessages();
  return (
    <>
      <p class="eyebrow">{title}</p>
      <Heading text={t.stub.unsealableTitle} />
      <p role="alert">{t.stub.unsealable}</p>
    </>
  );
}
