import { saveFile } from "#web/save-file.ts";

/** Gives a definition to whoever is at the page, as a file that the command line takes. */
export function saveDefinition(electionId: string, definition: unknown): void {
  saveFile(`${electionId}.json`, "application/json", `${JSON.stringify(definition, null, 2)}\n`);
}
