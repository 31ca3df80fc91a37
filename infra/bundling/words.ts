import { basename } from "node:path";
import type { Plugin } from "rolldown";
import type { Language } from "#core/language.ts";

/** Pages and parts of pages with many words of their own (web/messages/catalogue.ts). */
const WORDY = /\/(?:(check|home|monitor|paper|results)-page|(rounds))\.tsx$/;

/** Puts a page's own words, in the language of the script, into the page's file. */
export const ownWords = (language: Language): Plugin => ({
  name: "own-words",
  transform: {
    filter: { id: WORDY },
    handler(code, id) {
      const [, ofPage, ofPart] = WORDY.exec(id) ?? [];
      const page = ofPage ?? ofPart ?? "";
      const words = `${page}${language === "fr" ? "Fr" : "En"}`;
      return `import { ${words} } from "#web/messages/${page}-${language}.ts";
import { knowWords } from "#web/messages/catalogue.ts";
${code}
knowWords("${page}", "${language}", ${words});
`;
    },
  },
});

/** Leaves out what is not loaded later because it came with the script. */
export const cameAtOnce = (files: readonly string[]): Plugin => ({
  name: "came-at-once",
  resolveId(source, _importer, { kind }) {
    return kind === "dynamic-import" && files.includes(basename(source)) ? { id: source, external: true } : null;
  },
});
