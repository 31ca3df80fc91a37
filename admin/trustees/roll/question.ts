import type { CeremonyFolder } from "#admin/trustees/folder.ts";
import { ElectionDefinition } from "#core/election.ts";

/** Question.json has no times: they are no part of what trustees agree on. Whoever works offline asks for none. */
const ANY_TIMES = { opensAt: "0001-01-01T00:00:00Z", closesAt: "9999-12-31T23:59:59Z" };

/** What a ceremony is about, as a definition whose times say nothing. */
export const definitionIn = ({ question }: CeremonyFolder): ElectionDefinition =>
  ElectionDefinition.parse({ ...JSON.parse(question), ...ANY_TIMES });
