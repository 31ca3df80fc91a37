import type { OfficeGroup } from "#core/office-groups.ts";

/** `GET /office/me`: whoever is signed in, as the server knows them. */
export type Me = Readonly<{
  subject: string;
  name: string;
  groups: readonly OfficeGroup[];
  stage: string;
  two_officers: boolean;
}>;
