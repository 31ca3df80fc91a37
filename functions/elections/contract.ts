import * as z from "zod";
import { BilingualText, CredentialField, ElectionDefinition } from "#core/election.ts";
import { VoterIdentity } from "#core/identity.ts";
import { Ceremony } from "#core/trustees/ceremony/record-shape.ts";
import { Certified } from "#functions/runtime/certified-contract.ts";

/** Definitions as voters and the site read them. */

export const PublicElection = z
  .object({
    election_id: z.string(),
    voting_method: z.enum(["referendum", "single_choice", "choose", "ranked_choice", "stv"]),
    paper: z.string().nullable().meta({
      description:
        "The paper that this is a question of: a voter identifies once for all that name the same one. Each is voted in by itself",
    }),
    title: BilingualText,
    status: z.enum(["upcoming", "open", "closed", "cancelled"]).meta({
      description:
        "`cancelled`: voting ended before its time, nothing is counted; `definition.cancelled` says when and why",
    }),
    opens_at: z.iso.datetime({ offset: true }),
    closes_at: z.iso.datetime({ offset: true }),
    definition: ElectionDefinition,
    biographies_by_region: z.boolean().meta({
      description:
        "Whether biographies are too long for the definition: `GET /elections/{election_id}/regions/{region_id}/candidates` has them",
    }),
    public_key: z.string().meta({
      description:
        "X25519 public key that ballots are sealed to, 32 bytes, base64url; the trustees’, an element of ristretto255, where they open the ballots",
    }),
    ceremony: z
      .object({
        record: Ceremony,
        words: z
          .object({ fr: z.string(), en: z.string() })
          .meta({ description: "Six words that stand for the record, which trustees read aloud" }),
      })
      .optional()
      .meta({
        description: "What the trustees agreed on, as `ceremony.json` has it; missing where none open the ballots",
      }),
    opening_sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .nullable()
      .meta({
        description:
          "SHA-256 of what `GET /elections/{election_id}/opening` answers, which every ballot is sealed for; null until it is stated: nobody can vote before",
      }),
    envelope_bytes: z
      .number()
      .int()
      .positive()
      .meta({ description: "Every envelope of this election has this many bytes" }),
    identity: z.nullable(VoterIdentity).meta({
      description: "Who signs voters in; null where they type the credential fields, which are then not empty",
    }),
    credential_fields: z.array(CredentialField),
    certified: z.optional(Certified).meta({ description: "The certified files, once they are published" }),
  })
  .meta({ id: "Election" });
export type PublicElection = Readonly<z.infer<typeof PublicElection>>;

export const PublicRegion = z
  .object({ region_id: z.string(), name: BilingualText, election_ids: z.array(z.string()) })
  .meta({ id: "Region" });
export type PublicRegion = Readonly<z.infer<typeof PublicRegion>>;

export const PublicCandidate = z
  .object({
    candidate_id: z.string(),
    first_name: z.string().meta({ description: "Empty for whoever has a last name alone" }),
    last_name: z.string().meta({ description: "Empty for whoever has a first name alone" }),
    party: z.nullable(BilingualText),
    colour: z.string().nullable(),
    bio: z.nullable(BilingualText),
    photo: z.string().nullable().meta({ description: "Path on the site" }),
    withdrawn_at: z.iso
      .datetime({ offset: true })
      .nullable()
      .meta({ description: "When they withdrew; who has cannot be chosen any more" }),
  })
  .meta({ id: "Candidate" });
export type PublicCandidate = Readonly<z.infer<typeof PublicCandidate>>;
