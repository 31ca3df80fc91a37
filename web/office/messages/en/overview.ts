export const overview = {
  title: "Overview",
};
export type OverviewWords = typeof overview;
