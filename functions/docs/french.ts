/** The document's descriptions in French, by their English; a test finds one that is missing, or said no more. */
export const IN_FRENCH: Readonly<Record<string, string>> = {
  "As the opening statement has it: `acknowledgementKey`":
    "Telle qu’elle figure dans l’énoncé d’ouverture\u00a0: `acknowledgementKey`",
  "Ed25519, base64url, over SHA-512 of `scrutin/v2/accepted`, election, tracking code and minute, each with its length before it as 8 bytes":
    "Ed25519, en base64url, sur le SHA-512 de `scrutin/v2/accepted`, de l’élection, du code de suivi et de la minute, chacun précédé de sa longueur sur 8 octets",
  "Encrypted for the trustees’ key, with a proof that holds for this election, region and voter key only: 128 bytes, base64url":
    "Chiffré pour la clé des dépositaires, avec une preuve qui ne vaut que pour cette élection, cette région et cette clé d’électeur\u00a0: 128 octets, en base64url",
  "Of `voter_key`, over the ballot and what it is for, base64url. It is kept, and published":
    "De `voter_key`, sur le bulletin et ce à quoi il sert, en base64url. Elle est gardée, et publiée",
  "When the ballot was received, to the minute": "Quand le bulletin a été reçu, à la minute près",
  "Where trustees open the ballots: the Ed25519 public key that number and code on the voter's card give, 32 bytes, base64url. Neither number nor code is sent":
    "Là où des dépositaires ouvrent les bulletins\u00a0: la clé publique Ed25519 que donnent le numéro et le code de la carte d’électeur, 32 octets, en base64url. Ni le numéro ni le code ne sont envoyés",
  "Where trustees open the ballots: the office’s signature that it received this one. Whoever keeps it can show that a ballot is missing from the box":
    "Là où des dépositaires ouvrent les bulletins\u00a0: la signature du bureau, qui atteste avoir reçu celui-ci. La garder permet de prouver qu’un bulletin manque dans l’urne",
  "Six words that stand for the record, which trustees read aloud":
    "Six mots qui résument l’acte, que les dépositaires lisent à voix haute",
  "What the trustees agreed on, as `ceremony.json` has it; missing where none open the ballots":
    "Ce dont les dépositaires sont convenus, tel que dans `ceremony.json`\u202f; absent là où il n’y en a pas",
  "Trustees who have mixed all ballots": "Dépositaires qui ont mélangé tous les bulletins",
  "Trustees who have opened the mixed ballots, each with its part of the key":
    "Dépositaires qui ont ouvert les bulletins mélangés, chacun avec sa part de la clé",
  "With `being_opened`: how far the trustees are": "Avec `being_opened`\u00a0: où en sont les dépositaires",
  "A candidate": "Un candidat ou une candidate",
  "The certified files, once they are published": "Les fichiers certifiés, une fois publiés",
  "The certified files, once they are published: until then a result is not final":
    "Les fichiers certifiés, une fois publiés\u00a0: d’ici là, un résultat n’est pas définitif",
  "Fingerprint of the key that signed the opening statement and the certificate; compare it with one published elsewhere":
    "Empreinte de la clé qui a signé l’énoncé d’ouverture et le certificat\u202f; à comparer avec celle publiée ailleurs",
  "Of the ballot box, in hexadecimal": "De l’urne, en hexadécimal",
  "SHA-256 of `opening.json`, as published before voting": "SHA-256 d’`opening.json`, tel que publié avant le vote",
  "SHA-256 of `certificate.json`": "SHA-256 de `certificate.json`",
  "Path of the files on the site, such as `/certified/1/`: a file's name follows":
    "Chemin des fichiers sur le site, comme `/certified/1/`\u00a0: le nom d’un fichier suit",
  "How many characters of a tracking code name the list that has it: `codes/AB.txt` after the address for 2, `codes/all.txt` for 0":
    "Combien de caractères d’un code de suivi nomment la liste où il figure\u00a0: `codes/AB.txt` après l’adresse pour 2, `codes/all.txt` pour 0",
  "A request id whose ballot was accepted: shows the live result of its election where results are shown after voting":
    "Un numéro de demande dont le bulletin a été accepté\u00a0: montre les résultats en direct de son élection, là où ils se montrent après le vote",
  "A tie for the last seats, or for the seat of a single choice, that a lot broke":
    "Une égalité pour les derniers sièges, ou pour le siège d’un choix unique, qu’un tirage au sort a départagée",
  "As it was understood: 20 characters, upper case": "Tel qu’il a été compris\u00a0: 20 caractères, en majuscules",
  "As requested": "Comme demandé",
  "As requested; a ballot is on the board once it is counted":
    "Comme demandé\u202f; un bulletin figure au tableau dès qu’il est compté",
  "As typed, from the voter's card": "Tel que saisi, d’après la carte d’électeur",
  "As typed: spaces, dashes and case do not matter":
    "Tel que saisi\u00a0: espaces, tirets et majuscules sont sans importance",
  "Attempts by voters whose ballot was already in the box":
    "Tentatives d’électeurs dont le bulletin était déjà dans l’urne",
  "Ballots cast until the end of each quarter of an hour, all regions together; while voting is open, those published until then":
    "Bulletins déposés jusqu’à la fin de chaque quart d’heure, toutes régions réunies\u202f; pendant le vote, ceux qui étaient publiés à ce moment",
  "Ballots in the box": "Bulletins dans l’urne",
  "How many more votes than whoever comes next; 0 with a tie":
    "Combien de voix de plus que la personne suivante\u202f; 0 en cas d’égalité",
  "Of whoever leads or is elected, the last of them where there are several, or of those tied; in the last round where there are rounds":
    "De qui mène ou est élu, de la dernière personne s’il y en a plusieurs, ou de qui est à égalité\u202f; au dernier tour là où il y a des tours",
  "What these votes are a share of: valid ballots, or those that continue":
    "Ce dont ces voix sont une part\u00a0: les bulletins valides, ou ceux encore en jeu",
  "Ballots in the box; while voting is open, those of the counts that are published":
    "Bulletins dans l’urne\u202f; pendant le vote, ceux des comptes publiés",
  "Ballots in the queue, including those being decided; approximate, as SQS counts them":
    "Bulletins dans la file, y compris ceux qui sont en cours de vérification\u202f; nombre approximatif, tel que SQS le donne",
  "Ballots in the tallies, including spoiled ones": "Bulletins comptés, y compris les bulletins nuls",
  "Ballots received from this voter, the first one included; with `duplicate`":
    "Bulletins reçus de cette personne, le premier compris\u202f; avec `duplicate`",
  "Ballots received: accepted, duplicate, invalid, and still waiting":
    "Bulletins reçus\u00a0: acceptés, en double, refusés et encore en attente",
  "Ballots that could not be decided, kept until an officer redrives them":
    "Bulletins qui n’ont pu être vérifiés, gardés jusqu’à ce qu’un membre du bureau les renvoie",
  "Ballots that name nobody who is still in": "Bulletins qui ne nomment plus personne encore en lice",
  "Counted ballots that do not open or do not fit their contest":
    "Bulletins comptés qui ne s’ouvrent pas, ou ne conviennent pas à leur scrutin",
  "Empty for whoever has a first name alone": "Vide pour qui n’a qu’un prénom",
  "Empty for whoever has a last name alone": "Vide pour qui n’a qu’un nom de famille",
  "Envelopes that could not be opened or whose selection does not fit":
    "Enveloppes qui n’ont pu être ouvertes, ou dont le choix ne convient pas",
  "Every envelope of this election has this many bytes": "Chaque enveloppe de cette élection compte ce nombre d’octets",
  "Every law and election": "Toutes les lois et toutes les élections",
  "Every region": "Toutes les régions",
  'Where voters sign in, with an envelope and a token whose `nonce` was made for it: 32 random bytes, base64url. The nonce is the SHA-256, base64url, of `["scrutin/v1/nonce",SALT,BALLOT,…]` as JSON without white space (RFC 8785), in which BALLOT is the SHA-256 of `["scrutin/v1/nonce-ballot",ONE_TIME_KEY,ENVELOPE]`':
    'Là où l’on se connecte, avec une enveloppe et un jeton dont le `nonce` a été fait pour elle\u00a0: 32 octets au hasard, en base64url. Le nonce est le SHA-256, en base64url, de `["scrutin/v1/nonce",SALT,BALLOT,…]` en JSON sans espaces (RFC 8785), où BALLOT est le SHA-256 de `["scrutin/v1/nonce-ballot",ONE_TIME_KEY,ENVELOPE]`',
  "All such BALLOTs, where one sign-in is for several questions; by default, this one":
    "Tous ces BALLOT, là où une connexion vaut pour plusieurs questions\u202f; à défaut, celui-ci",
  "Where the definition has an `identity`: the ID token (OpenID Connect) that its issuer gave the voter, signed with RS256, ES256 or EdDSA. It is verified and kept nowhere. Without a `nonce` it casts any ballot of its voter; with one, only the sealed ballots that the nonce was made for":
    "Là où la définition a un `identity`\u00a0: le jeton d’identité (OpenID Connect) que son émetteur a donné à l’électeur, signé avec RS256, ES256 ou EdDSA. Il est vérifié et n’est gardé nulle part. Sans `nonce`, il dépose n’importe quel bulletin de cette personne\u202f; avec un `nonce`, seulement les bulletins scellés pour lesquels le nonce a été fait",
  "Who signs voters in; null where they type the credential fields, which are then not empty":
    "Qui connecte les électeurs\u202f; null là où ils saisissent les champs d’identification, qui ne sont alors pas vides",
  "Exactly one of `candidate_id`, `candidate_ids`, `ranked_choices`, `blank` and `envelope`. An election whose definition names other credential fields takes those instead of `nas` and `code`; one whose voters sign in takes none, and a token. One whose ballots trustees open (`trust: trustees` in its definition) takes a signed choice only.":
    "Un seul de `candidate_id`, `candidate_ids`, `ranked_choices`, `blank` et `envelope`. Une élection dont la définition nomme d’autres champs d’identification prend ceux-là au lieu de `nas` et de `code`\u202f; une élection à laquelle on vote en se connectant n’en prend aucun, mais un jeton. Là où des dépositaires ouvrent les bulletins (`trust: trustees` dans la définition), seul un choix signé est accepté.",
  "Exactly one of `vote` and `envelope`. A law whose definition names other credential fields takes those instead of `nas` and `code`; one whose voters sign in takes none, and a token. One whose ballots trustees open (`trust: trustees` in its definition) takes a signed answer only.":
    "Un seul de `vote` et d’`envelope`. Une loi dont la définition nomme d’autres champs d’identification prend ceux-là au lieu de `nas` et de `code`\u202f; une loi sur laquelle on vote en se connectant n’en prend aucun, mais un jeton. Là où des dépositaires ouvrent les bulletins (`trust: trustees` dans la définition), seule une réponse signée est acceptée.",
  "First 20 characters of the base32 SHA-256 of the one-time key and the envelope, as bytes":
    "Les 20 premiers caractères, en base32, du SHA-256 de la clé à usage unique et de l’enveloppe, en octets",
  "From the 202 answer": "Donné par la réponse 202",
  "How many changes of closing and roll were signed since, as in `changes.json`":
    "Nombre de changements de la fermeture et de la liste signés depuis, comme dans `changes.json`",
  "How turnout grew over time": "La participation au fil du temps",
  "If given, it must be the election's": "S’il est donné, ce doit être celui de l’élection",
  "In a ranked election where one count is made, in a region whose ballots mark names, and in a single choice in a region that a lot decided":
    "Dans un vote préférentiel dépouillé en une fois, dans une région dont les bulletins cochent des noms, et pour un choix unique dans une région qu’un tirage au sort a départagée",
  "In a single transferable vote: who is elected in this round":
    "Dans un vote unique transférable\u00a0: qui est élu à ce tour",
  "In any grouping and case, such as `ABCDE FGHIJ KLMNO PQRST`; 0, 1 and 8 are read as the letters they look like":
    "En groupes et en casse quelconques, par exemple `ABCDE FGHIJ KLMNO PQRST`\u202f; 0, 1 et 8 se lisent comme les lettres auxquelles ils ressemblent",
  "Marks where ballots mark names, first preferences in a ranked election":
    "Noms cochés là où les bulletins cochent des noms, premières préférences dans un vote préférentiel",
  Milliseconds: "En millisecondes",
  "Milliseconds from storing to counting, the slowest of the last five minutes":
    "Millisecondes entre le dépôt et le compte, les plus longues des cinq dernières minutes",
  "Of `elected` those who lead or are elected, of `tie` those tied":
    "Pour `elected`, qui mène ou est élu\u202f; pour `tie`, qui est à égalité",
  "Of a ranked election, where one count is made: in a region, or nationally where all regions share their candidates":
    "D’un vote préférentiel dépouillé en une fois\u00a0: dans une région, ou dans tout le pays quand toutes les régions ont les mêmes candidats",
  "One candidate, or several who were tied and cannot reach the next together; none in the last":
    "Une seule personne, ou plusieurs à égalité qui, réunies, ne peuvent rejoindre la suivante\u202f; personne au dernier tour",
  "One law or election": "Une loi ou une élection",
  "Opaque; ask `GET /api/v1/votes/{request_id}` for the outcome":
    "Sans signification\u202f; `GET /api/v1/votes/{request_id}` dit ce qu’il est advenu du bulletin",
  "Path on the site": "Chemin sur le site",
  "Regions with too few ballots to show, left out of the sum":
    "Régions qui ont trop peu de bulletins pour être montrées, exclues de la somme",
  "Results of a law": "Résultats d’une loi",
  "Results of an election in one region": "Résultats d’une élection dans une région",
  "Results of an election, all regions summed": "Résultats d’une élection, toutes régions réunies",
  "Results of every law, but for the cancelled": "Résultats de toutes les lois, sauf celles dont le vote est annulé",
  "When and why it was cancelled; its figures are null":
    "Quand et pourquoi le vote a été annulé\u202f; ses nombres sont null",
  "When the vote was cancelled: a ballot that was received stays sealed, and is not counted":
    "Quand le vote a été annulé\u00a0: un bulletin reçu reste scellé et n’est pas compté",
  "`cancelled`: voting ended before its time, nothing is counted; `definition.cancelled` says when and why":
    "`cancelled`\u00a0: le vote a pris fin avant l’heure, rien n’est compté\u202f; `definition.cancelled` dit quand et pourquoi",
  "SHA-256 of the newest of them, or of the answer itself while there is none":
    "SHA-256 du plus récent, ou de la réponse elle-même tant qu’il n’y en a pas",
  "SHA-256 of what `GET /elections/{election_id}/opening` answers, which every ballot is sealed for; null until it is stated: nobody can vote before":
    "SHA-256 de ce que donne `GET /elections/{election_id}/opening`, et pour quoi chaque bulletin est scellé\u202f; null tant que l’ouverture n’est pas déclarée\u00a0: personne ne peut voter avant",
  "Seats that the tie leaves open": "Sièges que l’égalité laisse à pourvoir",
  "Share of `total` that `oui` must have": "Part de `total` que `oui` doit obtenir",
  "Share of `total`: two decimals, more where two would make 100 of fewer than all, 0 of a vote, or the required majority of another share":
    "Part de `total`\u00a0: deux décimales, davantage là où deux feraient 100 de moins que la totalité, 0 d’une voix, ou la majorité requise d’une autre part",
  "Share of the roll that must vote, in percent; null for none":
    "Part des inscrits qui doivent voter, en pour cent\u202f; null s’il n’y a pas de quorum",
  "Since it opened": "Depuis l’ouverture",
  "Start of the first of 60 minutes; the last is still running":
    "Début de la première de 60 minutes\u202f; la dernière est en cours",
  "Sums over `elections` but for the cancelled, each since it opened; `spoiled` of those whose results are shown":
    "Sommes sur `elections` sauf les annulées, depuis l’ouverture de chacune\u202f; `spoiled` de celles dont les résultats se montrent",
  "The ballot is in the queue and will be counted if the credentials are on the roll":
    "Le bulletin est dans la file et sera compté si l’identification figure sur la liste électorale",
  "The credentials are not on the roll, or on that of another region; or the code was on the roll and is so no longer: its voter got a new one (`reissued`; `moved`, for another region), was taken off the roll (`removed`), or voted on paper or by mail (`voted-elsewhere`)":
    "L’identification ne figure pas sur la liste, ou sur celle d’une autre région\u202f; ou bien le code n’y figure plus\u00a0: la personne en a reçu un nouveau (`reissued`\u202f; `moved`, pour une autre région), a été rayée (`removed`), ou a voté sur papier ou par la poste (`voted-elsewhere`)",
  "The election": "L’élection",
  "The election in whose box it is; null when it is in none":
    "L’élection dont l’urne le contient\u202f; null s’il n’est dans aucune",
  "The law": "La loi",
  "The law or election": "La loi ou l’élection",
  "The laws and elections that are questions of one paper":
    "Les lois et élections qui sont les questions d’un même bulletin",
  "The paper": "Le bulletin",
  "The paper that this is a question of: a voter identifies once for all that name the same one. Each is voted in by itself":
    "Le bulletin dont ceci est une question\u00a0: on s’identifie une fois pour toutes celles qui nomment le même. Chacune se vote à part",
  "The region": "La région",
  "The same seats by party, most first": "Les mêmes sièges par parti, du plus grand nombre au plus petit",
  "The selection sealed in the browser: HPKE (RFC 9180) to the election's public key, base64url. With `one_time_key` and `signature`":
    "Le choix scellé dans le navigateur\u00a0: HPKE (RFC 9180) pour la clé publique de l’élection, en base64url. Avec `one_time_key` et `signature`",
  "The status of a ballot": "L’état d’un bulletin",
  "The voter's order of preference, the first choice first": "L’ordre de préférence, le premier choix d’abord",
  "The voter's region": "La région de l’électeur",
  "The worst state of any part": "Le pire état de toutes les parties",
  "Those still in, with their share of the continuing ballots":
    "Qui est encore en lice, avec sa part des bulletins encore en jeu",
  "Those still tied at the step that decided": "Qui était encore à égalité à l’étape décisive",
  "Those upcoming, open, or closed less than a day ago": "Celles à venir, ouvertes, ou closes depuis moins d’un jour",
  "Valid ballots, neither blank nor spoiled; as many as votes, but where ballots mark names":
    "Bulletins valides, ni blancs ni nuls\u202f; autant que de voix, sauf là où les bulletins cochent des noms",
  "Vote in an election": "Voter à une élection",
  "Vote on a law": "Voter sur une loi",
  "Vote on laws and in elections, follow your ballot, read the results. Identifiers are strings; a number is read as its string. Fields keep their names and meanings; new ones may be added. Refusals are application/problem+json (RFC 9457), in French or English by Accept-Language.":
    "Voter sur des lois et à des élections, suivre son bulletin, lire les résultats. Les identifiants sont des chaînes\u202f; un nombre est lu comme sa chaîne. Les champs gardent leur nom et leur sens\u202f; d’autres peuvent s’y ajouter. Les refus sont en application/problem+json (RFC 9457), en français ou en anglais d’après Accept-Language.",
  "Voters on the roll who voted on paper or by mail: their ballots are not among these. Missing when there are none":
    "Inscrits qui ont voté sur papier ou par la poste\u00a0: leurs bulletins ne sont pas parmi ceux-ci. Absent s’il n’y en a pas",
  "Votes lost so far by rounding fractions down": "Voix perdues jusqu’ici par l’arrondi vers le bas des fractions",
  "Votes that win: more than half of the continuing ballots; the quota in a single transferable vote":
    "Voix nécessaires pour gagner\u00a0: plus de la moitié des bulletins encore en jeu\u202f; le quota dans un vote unique transférable",
  "What a tie that no rule breaks is over: the win, or an elimination on the way to it, which matters to who is elected; null without one":
    "Ce sur quoi porte une égalité qu’aucune règle ne départage\u00a0: la victoire, ou en chemin une élimination dont dépend qui est élu\u202f; null s’il n’y en a pas",
  "What is accepted, duplicate or invalid is rounded down to multiples of this while its results are shown in steps; 1 for exact":
    "Ce qui est accepté, en double ou refusé est arrondi vers le bas à un multiple de ce nombre tant que les résultats se montrent par paliers\u202f; 1 pour des nombres exacts",
  "What observers watch while people vote; docs/adr/0032-status-tells-no-more-than-turnout.md says what is rounded":
    "Ce que les observateurs suivent pendant le vote\u202f; docs/adr/0032-status-tells-no-more-than-turnout.md dit ce qui est arrondi",
  "What was fixed and signed before voting opened, byte for byte as `opening.json` of a certified election":
    "Ce qui a été fixé et signé avant l’ouverture du vote, octet pour octet comme `opening.json` d’une élection certifiée",
  "When the ballot was received, to the minute; with `accepted`":
    "Quand le bulletin a été reçu, à la minute près\u202f; avec `accepted`",
  "When the board was read": "Quand le tableau a été lu",
  "When the code was struck off; with `reissued`, `removed`, `moved` and `voted-elsewhere`":
    "Quand le code a été rayé\u202f; avec `reissued`, `removed`, `moved` et `voted-elsewhere`",
  "When they withdrew; who has cannot be chosen any more":
    "Quand la personne s’est retirée\u202f; on ne peut plus la choisir",
  "When this count was made": "Quand ce compte a été fait",
  "Where the election allows blank ballots": "Là où l’élection permet le vote blanc",
  "Where the votes of each of the eliminated, or a surplus, go; null for exhausted":
    "Où vont les voix de chaque personne éliminée, ou un excédent\u202f; null pour les bulletins épuisés",
  "Whether a ballot is in the box": "Si un bulletin est dans l’urne",
  "Whether biographies are too long for the definition: `GET /elections/{election_id}/regions/{region_id}/candidates` has them":
    "Si les biographies sont trop longues pour la définition\u00a0: `GET /elections/{election_id}/regions/{region_id}/candidates` les donne",
  "Whether each part that a vote needs is up": "Si chaque partie dont un vote a besoin fonctionne",
  "Which field of the request, `ranked_choices.1` for one in a list":
    "Le champ de la demande, `ranked_choices.1` pour un élément d’une liste",
  "With a code that officers had replaced or struck off": "Avec un code que le bureau avait remplacé ou rayé",
  "Who is marked, in any order, where the election lets voters mark several":
    "Les personnes cochées, dans n’importe quel ordre, là où l’on peut en cocher plusieurs",
  "Who is voted for": "La personne choisie",
  "Who leads or is elected, whatever is tied": "Qui mène ou est élu, quelle que soit l’égalité",
  "Who stands in a region": "Qui se présente dans une région",
  "Whose surplus is transferred after it": "De qui l’excédent est transféré ensuite",
  "Why a figure is null, by its path: `elections.1.votes.spoiled`":
    "Pourquoi un nombre est null, par son chemin\u00a0: `elections.1.votes.spoiled`",
  "IANA time zone in which voters are told its times":
    "Fuseau horaire de l’IANA dans lequel ses heures sont données aux électeurs",
  "Why its results are not shown, as in its results":
    "Pourquoi les résultats ne se montrent pas, comme dans ses résultats",
  "With all regions summed: each region's seat, but for the withheld":
    "Toutes régions réunies\u00a0: le siège de chaque région, sauf celles qui ne se montrent pas",
  "With an envelope: the public part of an Ed25519 key made for this ballot alone, 32 bytes, base64url. The envelope's HPKE `info` is `scrutin/v3/ballot|ELECTION|OPENING_SHA256|REGION|ONE_TIME_KEY`; a law's region is `all`":
    "Avec une enveloppe\u00a0: la part publique d’une clé Ed25519 faite pour ce seul bulletin, 32 octets, en base64url. L’`info` HPKE de l’enveloppe est `scrutin/v3/ballot|ELECTION|OPENING_SHA256|REGION|ONE_TIME_KEY`\u202f; la région d’une loi est `all`",
  'With an envelope: the signature (RFC 8032) of `one_time_key`, base64url, over `["scrutin/v1/cast",ELECTION,REGION,ONE_TIME_KEY,ENVELOPE,CREDENTIAL,…]` as JSON without white space (RFC 8785), with the credentials as sent, in the order of the definition. It is checked and kept nowhere':
    'Avec une enveloppe\u00a0: la signature (RFC 8032) de `one_time_key`, en base64url, sur `["scrutin/v1/cast",ELECTION,REGION,ONE_TIME_KEY,ENVELOPE,CREDENTIAL,…]` en JSON sans espaces (RFC 8785), avec l’identification telle qu’envoyée, dans l’ordre de la définition. Elle est vérifiée et n’est gardée nulle part',
  "X25519 public key that ballots are sealed to, 32 bytes, base64url; the trustees’, an element of ristretto255, where they open the ballots":
    "Clé publique X25519 pour laquelle les bulletins sont scellés, 32 octets, en base64url\u202f; celle des dépositaires, un élément de ristretto255, là où ils ouvrent les bulletins",
  "`closed` once the count made after closing is shown, seconds after the closing time; where trustees open the ballots, `being_opened` until they are opened and certified":
    "`closed` dès que le compte fait après la fermeture se montre, quelques secondes après l’heure\u202f; là où des dépositaires ouvrent les bulletins, `being_opened` jusqu’à ce qu’ils soient ouverts et certifiés",
  "`earlier-round`: their votes in `round`. `together`: they cannot reach the next candidate together, so all are eliminated. `lot`: drawn before the election. `lot-after-closing`: drawn in public. `no-difference`: whoever is eliminated, the same candidate is elected":
    "`earlier-round`\u00a0: leurs voix au tour `round`. `together`\u00a0: réunies, ces personnes ne peuvent rejoindre la suivante, et sont donc toutes éliminées. `lot`\u00a0: tiré avant l’élection. `lot-after-closing`\u00a0: tiré en public. `no-difference`\u00a0: peu importe qui est éliminé, la même personne est élue",
  "`oui`, `non`, or `blank` where blank ballots are allowed; in any case":
    "`oui`, `non`, ou `blank` là où le vote blanc est permis\u202f; majuscules ou minuscules",
  "`tie` when a tie that no rule breaks leaves a seat open":
    "`tie` quand une égalité qu’aucune règle ne départage laisse un siège à pourvoir",
  "`undecided` while voting is open or the result is withheld":
    "`undecided` tant que le vote est ouvert ou que le résultat ne se montre pas",
  "null for all regions summed": "null pour toutes les régions réunies",
  "null for independents": "null pour qui est indépendant",
};
