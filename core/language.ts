/** Scrutin speaks the two official languages of Canada; every text a voter reads exists in both. */
export const LANGUAGES = ["fr", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** The language to answer in, from an Accept-Language header (RFC 9110 §12.5.4); English when neither is accepted. */
export function preferredLanguage(acceptLanguage: string | undefined): Language {
  const ranked = (acceptLanguage ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
      const quality = parameters.find((parameter) => parameter.trim().startsWith("q="));
      return { primary: tag.split("-")[0], weight: quality === undefined ? 1 : Number(quality.trim().slice(2)) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return ranked.find(({ primary }) => primary === "fr" || primary === "en")?.primary === "fr" ? "fr" : "en";
}
