export const officeElections = {
  title: "Elections",
};
export type OfficeElectionsWords = typeof officeElections;
