import { fr } from "#web/messages/fr.ts";
import { words } from "#web/office/messages/office-words-fr.ts";
import { startOffice } from "#web/office/start.tsx";

startOffice("fr", fr, words);
