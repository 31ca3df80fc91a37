import { LANGUAGES, type Language } from "#core/language.ts";

/** Addresses of a result as a page for other sites' frames, of the same page standing still, and of its picture. */

const VIEWS = ["results", "still", "picture"] as const;

export type Embedded = Readonly<{
  language: Language;
  view: (typeof VIEWS)[number];
  electionId: string;
  regionId?: string;
}>;

const ADDRESS = new RegExp(
  `^/(?<language>${LANGUAGES.join("|")})/embed/(?<view>${VIEWS.join("|")})/(?<electionId>[\\w-]+)(?:/(?<regionId>[\\w-]+))?(?<png>\\.png)?$`,
);

/** Reads a path such as `/fr/embed/results/L2025-001` or `/en/embed/picture/1/2.png`; undefined when it is none. */
export function readAddress(path: string): Embedded | undefined {
  const { language, view, electionId, regionId, png } = ADDRESS.exec(path)?.groups ?? {};
  if (language === undefined || view === undefined || electionId === undefined) return undefined;
  if ((view === "picture") !== (png !== undefined)) return undefined;
  return {
    language: language === "fr" ? "fr" : "en",
    view: view === "picture" || view === "still" ? view : "results",
    electionId,
    ...(regionId !== undefined && { regionId }),
  };
}

/** Inverse of readAddress. */
export function writeAddress({ language, view, electionId, regionId }: Embedded): string {
  return `${fullAddress({ language, electionId, regionId }, `embed/${view}`)}${view === "picture" ? ".png" : ""}`;
}

/** The address of the whole results page. */
export function fullAddress(
  { language, electionId, regionId }: Omit<Embedded, "view" | "regionId"> & Readonly<{ regionId?: string | undefined }>,
  page = "results",
): string {
  return `/${language}/${page}/${electionId}${regionId === undefined ? "" : `/${regionId}`}`;
}
