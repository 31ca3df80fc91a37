import { en } from "#web/messages/en.ts";
import { words } from "#web/office/messages/office-words-en.ts";
import { startOffice } from "#web/office/start.tsx";

startOffice("en", en, words);
