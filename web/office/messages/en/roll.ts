export const officeRoll = {
  title: "Electoral roll",
};
export type OfficeRollWords = typeof officeRoll;
