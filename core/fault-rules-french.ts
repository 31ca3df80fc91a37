/**
 * The messages of the schema (core/election.ts) in French. The schema is loaded by every function, most of which never tell them; so its
 * own are in one language. test/core/definition-faults.test.ts finds those that are missing here.
 */

export const MESSAGES_IN_FRENCH: readonly (readonly [RegExp, (...found: readonly string[]) => string])[] = [
  [
    /^letters, digits, - and _ only, 1 to 40 characters$/,
    () => "s’écrit avec des lettres sans accent, des chiffres, - et _ seulement, de 1 à 40 caractères",
  ],
  [
    /^a colour is # and six lower-case hexadecimal digits$/,
    () => "une couleur s’écrit # puis six chiffres hexadécimaux en minuscules",
  ],
  [
    /^a name is a lower-case letter, then up to 39 more, digits or _$/,
    () => "un nom de champ est une minuscule, puis jusqu’à 39 autres, des chiffres ou _",
  ],
  [
    /^a pattern is made of A-Z, 0-9, classes such as \[0-9\] and counts such as \{9\}$/,
    () => "un modèle se compose de A-Z, de 0-9, de classes telles que [0-9] et de nombres tels que {9}",
  ],
  [
    /^a photo is a path on the site such as \/photos\/17\.jpg.*$/,
    () => "une photo est un chemin du site, tel que /photos/17.jpg, ou une image choisie ici",
  ],
  [
    /^not an IANA time zone such as (\S+), by its area and city, or UTC$/,
    (example) => `n’est pas un fuseau horaire IANA nommé par sa région et sa ville, tel que ${example}, ni UTC`,
  ],
  [
    /^a share is a number from 0 to 1 or a fraction such as 2\/3$/,
    () => "une part est un nombre de 0 à 1, ou une fraction telle que 2/3",
  ],
  [/^a share is at most the whole$/, () => "une part ne dépasse pas le tout"],
  [
    /^a law is put to the whole country: it has no regions$/,
    () => "une loi est soumise à tout le pays\u00a0: elle n’a pas de régions",
  ],
  [/^(\S+) is already used in (\S+)$/, (id) => `l’identifiant ${id} sert déjà`],
  [
    /^"(\S+)" is .* and cannot be an election's$/,
    (id) => `«\u00a0${id}\u00a0» est une adresse du site, et ne peut pas être celle d’une élection`,
  ],
  [
    /^the title of an election with test: true begins with (\S+)$/,
    (mark) => `le titre d’une élection d’essai commence par ${mark}`,
  ],
  [/^voting must close after it opens$/, () => "le vote doit fermer après son ouverture"],
  [
    /^"(\S+)" is the name of the whole country and cannot be a region's$/,
    (id) => `«\u00a0${id}\u00a0» désigne tout le pays, et ne peut pas être l’identifiant d’une région`,
  ],
  [
    /^at least one credential is secret: one without identity: true$/,
    () => "au moins un des champs doit être secret, sans la mention «\u00a0identité\u00a0»",
  ],
  [
    /^has no place beside identity: who signs in types nothing$/,
    () => "n’a pas sa place à côté d’un fournisseur d’identité\u00a0: qui s’y connecte ne tape rien",
  ],
  [
    /^must have at least 1 item, or the definition an identity$/,
    () => "il faut au moins un champ, ou un fournisseur d’identité",
  ],
  [
    /^has letters, digits and signs, no spaces$/,
    () => "s’écrit avec des lettres, des chiffres et des signes, sans espace",
  ],
  [
    /^an issuer is an address that begins with https, or with http on localhost$/,
    () => "un fournisseur d’identité est une adresse qui commence par https, ou par http sur cette machine",
  ],
  [/^a candidate has a firstName, a lastName or both$/, () => "une candidature a un prénom, un nom, ou les deux"],
  [/^no party (\S+) is defined$/, (id) => `aucun parti n’a l’identifiant ${id}`],
  [/^no region (\S+) is defined$/, (id) => `aucune région n’a l’identifiant ${id}`],
  [/^nobody stands in region (\S+)$/, (id) => `personne ne se présente dans la région ${id}`],
  [
    /^region (\S+) has (\S+) candidates for (\S+) seats$/,
    (id, candidates, seats) => `la région ${id} a ${candidates} candidatures pour ${seats} sièges`,
  ],
  [
    /^must be (after_close|public) where trust is trustees$/,
    (value) => `doit être ${value} quand des dépositaires détiennent la clé`,
  ],
  [/^has no place where trust is trustees$/, () => "n’a pas sa place quand des dépositaires détiennent la clé"],
  [
    /^must be the number on the card, with identity: true, and its code, with pattern (\S+) and hasCheckCharacter: true, where trust is trustees$/,
    (pattern) =>
      `quand des dépositaires détiennent la clé, il faut deux champs\u00a0: le numéro de la carte, avec identity: true, puis son code, avec le modèle ${pattern} et hasCheckCharacter: true`,
  ],
  [
    /^region (\S+) has (\S+) candidates, at most (\S+) where trust is trustees$/,
    (id, candidates, most) =>
      `la région ${id} a ${candidates} candidatures\u00a0: ${most} au plus quand des dépositaires détiennent la clé`,
  ],
  [
    /^a ballot of region (\S+) could name (\S+) candidates, at most (\S+) where trust is trustees$/,
    (id, named, most) =>
      `un bulletin de la région ${id} pourrait nommer ${named} candidatures\u00a0: ${most} au plus quand des dépositaires détiennent la clé`,
  ],
  [
    /^the order drawn by lot names every candidate once and nobody else$/,
    () => "l’ordre tiré au sort nomme chaque candidature une fois, et personne d’autre",
  ],
];
