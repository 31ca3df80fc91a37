import type { Connection } from "#admin/connection/connection.ts";
import { actOnPerson, addPerson, rollsOf, toldCode } from "#admin/roll/one-person.ts";
import { Refusal } from "#core/refusal.ts";
import type { Strike } from "#core/strike.ts";
import { OnePerson, type PersonActed, type ROLL_ROUTES } from "#functions/office-roll/contract.ts";
import { requireSmall } from "#functions/office-roll/size.ts";
import { json } from "#functions/runtime/http.ts";
import { bodyOf, type OfficeCall } from "#functions/runtime/office/call.ts";
import type { OfficeHandlers } from "#functions/runtime/office/routes.ts";
import { REGION_COLUMN } from "#spreadsheet/roll.ts";

/** Acts on one person, on the roll of an election or on those of its paper. A new code is in the answer, and nowhere else. */

type PersonRoutes = Pick<
  typeof ROLL_ROUTES,
  Extract<keyof typeof ROLL_ROUTES, `${string}/roll/${"add" | "reissue" | "move" | "remove" | "voted-elsewhere"}`>
>;

const typedBy = ({ credentials, region_id }: OnePerson): ReadonlyMap<string, string> =>
  new Map([...Object.entries(credentials), [REGION_COLUMN, region_id ?? ""]]);

const unsigned = (electionId: string, { language }: OfficeCall): string =>
  language === "fr"
    ? `C’est fait, mais la liste de l’élection ${electionId} n’a pu être signée. Signez-la telle qu’elle est.`
    : `This is done, but the roll of election ${electionId} could not be signed. Sign the roll as it is.`;

const partly = (code: string | undefined): Refusal =>
  new Refusal(
    `Not every roll could be changed. The code ${code ?? ""} may be good on some of them: keep it, and do this again.`,
    `Toutes les listes n’ont pu être changées. Le code ${code ?? ""} est peut-être valable pour certaines\u00a0: gardez-le, et recommencez.`,
  );

export function personHandlers(connection: Connection): OfficeHandlers<PersonRoutes> {
  const electionsFor = async ({ parameters: { election_id = "" } }: OfficeCall): Promise<readonly string[]> => {
    await requireSmall(connection, election_id);
    return rollsOf(connection, election_id);
  };

  const acting = (strike: Strike) => async (call: OfficeCall) => {
    const person = bodyOf(OnePerson, call);
    const ids = await electionsFor(call);
    const { who, atMs, language } = call;
    const done = await actOnPerson(connection, ids, strike, typedBy(person), { who, atMs, reason: person.reason });
    const changed = done.summaries.filter(({ of }) => of.done.length > 0);
    const [left] = done.summaries.flatMap(({ of }) => of.leftOut);
    if (changed.length === 0 && left !== undefined) {
      throw new Refusal(
        `Nothing was changed: this person ${left.why}.`,
        `Rien n’a été changé\u00a0: cette personne ${left.french}.`,
      );
    }
    const code = toldCode(done.codes);
    const newest = changed.find(({ of }) => of.newest !== undefined)?.of.newest;
    const acted: PersonActed = {
      elections: changed.map(({ electionId }) => electionId),
      warnings: [
        ...changed.flatMap(({ electionId, of }) => (of.unsigned === undefined ? [] : [unsigned(electionId, call)])),
        ...[...done.refused, ...done.failed].map(({ electionId }) =>
          language === "fr"
            ? `La liste de l’élection ${electionId} n’a pas été changée.`
            : `The roll of election ${electionId} was not changed.`,
        ),
      ],
      ...(code !== undefined && { code }),
      ...(newest !== undefined && { newest }),
    };
    return json(200, acted);
  };

  return {
    "POST /office/elections/{election_id}/roll/add": async (call) => {
      const person = bodyOf(OnePerson, call);
      const ids = await electionsFor(call);
      const { who, atMs } = call;
      let kept: string | undefined;
      const doing = { who, atMs, reason: person.reason };
      const onPartly = (codes: Parameters<typeof toldCode>[0]): void => {
        kept = toldCode(codes);
      };
      const added = await addPerson(connection, ids, typedBy(person), { ...doing, onPartly }).catch(
        (error: unknown) => {
          throw kept === undefined ? error : partly(kept);
        },
      );
      const code = toldCode(added.codes);
      const newest = added.summaries.find(({ of }) => of.newest !== undefined)?.of.newest;
      const acted: PersonActed = {
        ...{ elections: [...ids], warnings: [] },
        ...(code !== undefined && { code }),
        ...(newest !== undefined && { newest }),
      };
      return json(200, acted);
    },
    "POST /office/elections/{election_id}/roll/reissue": acting("reissued"),
    "POST /office/elections/{election_id}/roll/move": acting("moved"),
    "POST /office/elections/{election_id}/roll/remove": acting("removed"),
    "POST /office/elections/{election_id}/roll/voted-elsewhere": acting("voted-elsewhere"),
  };
}
