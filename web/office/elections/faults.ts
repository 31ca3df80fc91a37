import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { FieldFault } from "#core/definition-faults.ts";
import { useBilingual } from "#web/messages/catalogue.ts";

/** What is wrong with a draft, beside each field. */

export const Faults = createContext<readonly FieldFault[]>([]);

const isAt = (path: readonly PropertyKey[], place: readonly PropertyKey[]): boolean =>
  path.length === place.length && path.every((part, index) => part === place[index]);

export const asSentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;

/** A field's place in the definition, by which it is found on the page, and what is wrong there. */
export type FaultAt = Readonly<{ place: string; fault: string | undefined }>;

export const placeOf = (path: readonly PropertyKey[]): string => path.map(String).join(".");

/** The faults of exactly this place, as sentences. */
export function useFaults(): (...place: readonly PropertyKey[]) => FaultAt {
  const faults = useContext(Faults);
  const inLanguage = useBilingual();
  return (...place) => {
    const told = faults.filter(({ path }) => isAt(path, place)).map(({ rule }) => asSentence(inLanguage(rule)));
    return { place: placeOf(place), fault: told.length === 0 ? undefined : [...new Set(told)].join(" ") };
  };
}

/** How many faults there are at a place and below it. */
export function faultsBelow(faults: readonly FieldFault[], ...place: readonly PropertyKey[]): number {
  return faults.filter(({ path }) => place.every((part, index) => path[index] === part)).length;
}
