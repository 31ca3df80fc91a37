/** Each exists per language, such as `help.fr.md`. */
export const TEXT_NAMES = ["help", "privacy", "accessibility"] as const;
export type TextName = (typeof TEXT_NAMES)[number];

export function isTextName(name: string): name is TextName {
  return TEXT_NAMES.some((known) => known === name);
}
