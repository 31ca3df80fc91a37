/** Who can sign in at the laptop's provider. Nothing here guards anything: the password is printed by `npm start`. */

export const DEMO_PASSWORD = "demonstration";

type Officer = Readonly<{ name: string; groups: readonly string[] }>;

/** By the name that they sign in with. */
export const OFFICE_ACCOUNTS: Readonly<Record<string, Officer>> = {
  officer: { name: "Odile Tremblay", groups: ["officer"] },
  officer2: { name: "Nadia Singh", groups: ["officer"] },
  registrar: { name: "René Bouchard", groups: ["registrar"] },
  auditor: { name: "Amir Haddad", groups: ["auditor"] },
  observer: { name: "Jo Sinclair", groups: ["observer"] },
  observer2: { name: "Lou Parent", groups: ["observer"] },
};

/** Any number can sign in as a voter; the roll says who may vote. */
export const VOTER_NUMBER = /^[\w-]{1,40}$/;
