import type { ComponentChildren } from "preact";
import { useFaults } from "#web/office/elections/faults.ts";

/** A part of the form, with what is wrong with it as a whole. @param place of a list or of rules between fields */
export function Section({
  title,
  place,
  children,
}: Readonly<{ title: string; place?: string; children: ComponentChildren }>) {
  const faultAt = useFaults();
  const fault = place === undefined ? undefined : faultAt(place).fault;
  return (
    <section class="definition-part" data-place={place}>
      <h2 tabIndex={-1}>{title}</h2>
      {fault !== undefined && <p class="refusal">{fault}</p>}
      {children}
    </section>
  );
}
