"""What was stated before voting and after it: "Opening statement" and "Certificate" of docs/protocol.md."""

import copy
from datetime import datetime

from basics import Lie, from_base64url, hexadecimal, hold, items, same, shaped, text, whole
from selections import regions_of

OPENING = ("format", "statedAt", "definition", "publicKey", "onRoll", "rollRoot", "signingKey", "acknowledgementKey")
CERTIFICATE = (
    *("format", "certifiedAt", "opening", "definition", "publicKey", "merkleRoot", "rollRoot", "onRoll", "counts"),
    *("contests", "wholeCountry", "trustees"),
)
COUNTS = ("onRoll", "cast", "counted", "blank", "spoiled", "setAside", "duplicates", "invalid")
CONTEST = ("regionId", "ballots", "total", "blank", "spoiled", "votes")
WINNERS = ("outcome", "marked", "seat", "ranked", "transferred")
FIELDS = {
    "extension": ("closesAt",),
    "extension-taken-back": ("closesAt", "by"),
    "postponement": ("opensAt", "closesAt", "by"),
    "correction": ("corrected", "by"),
    "withdrawal": ("candidateId", "by"),
    "lot": ("lot", "witnesses", "by"),
}
IDS = ("candidateId", "partyId", "regionId")


def time(value):
    try:
        return datetime.fromisoformat(text(value).replace("Z", "+00:00"))
    except ValueError:
        raise Lie("no time") from None


def check_opening_form(statement):
    shaped(statement, *OPENING)
    hold(statement["format"] == "scrutin-opening-2", "opening.json: format")
    from_base64url(statement["publicKey"], 32)
    from_base64url(statement["acknowledgementKey"], 32)
    hexadecimal(statement["rollRoot"])


def check_certificate_form(certificate):
    shaped(certificate, *CERTIFICATE, optional=("acts",))
    hold(certificate["format"] == "scrutin-certificate-5", "certificate.json: format")
    for count in shaped(certificate["counts"], *COUNTS).values():
        whole(count, 0, 2**53)
    for contest in (*items(certificate["contests"]), certificate["wholeCountry"]):
        shaped(contest, *CONTEST, optional=WINNERS)


def check_times(opening, changes, certificate):
    hold(time(opening["statedAt"]) <= time(opening["definition"]["opensAt"]), "stated after the polls opened")
    hold(time(certificate["certifiedAt"]) >= time(certificate["definition"]["closesAt"]), "certified before closing")
    stated = [time(change["statedAt"]) for change in (opening, *changes)]
    hold(stated == sorted(stated), "changes out of order")


def check_changes(changes):
    for change in changes:
        kind = change.get("kind")
        hold(kind in FIELDS, f"a change that may not be: {kind}")
        shaped(change, "format", "previous", "statedAt", "kind", *FIELDS[kind], optional=("reason", "by"))
        hold(change["format"] == "scrutin-change-3", "changes.json: format")


def place_of(definition, path):
    """What holds the text that a path such as candidates.ID.FIELD names, and its last part."""
    *way, last = text(path).split(".")
    at = definition
    for part in way:
        if isinstance(at, list):
            at = next((item for item in at if part in [item.get(name) for name in IDS]), None)
        else:
            at = at.get(part)
        hold(isinstance(at, (dict, list)), f"a correction of {path}, which is not there")
    return at, last


def correct(definition, correction, stated_at):
    shaped(correction, "of", "from", "to")
    holder, name = place_of(definition, correction["of"])
    hold(same(holder.get(name), correction["from"]), f"a correction of {correction['of']}, which was not so")
    holder[name] = correction["to"]
    definition.setdefault("corrections", []).append({**correction, "correctedAt": stated_at})


def apply(definition, change, first_closing):
    """One change, on the definition itself."""
    kind, stated_at = change["kind"], time(change["statedAt"])
    opens, closes = time(definition["opensAt"]), time(definition["closesAt"])
    hold((stated_at >= closes) == (kind == "lot"), "stated at another time than its kind may be")
    if kind == "extension":
        hold(time(change["closesAt"]) > closes, "an extension to an earlier time")
    if kind == "extension-taken-back":
        hold(first_closing <= time(change["closesAt"]) < closes, "an extension taken back by more than it was")
        hold(stated_at < time(change["closesAt"]), "closed before it was said")
    if kind == "postponement":
        hold(stated_at < opens, "postponed after the polls opened")
    for name in ("opensAt", "closesAt"):
        if name in change:
            definition[name] = change[name]
    if kind == "correction":
        for correction in items(change["corrected"]):
            correct(definition, correction, change["statedAt"])
    if kind == "withdrawal":
        found = [c for c in definition["candidates"] if c["candidateId"] == change["candidateId"]]
        hold(len(found) == 1 and "withdrawnAt" not in found[0], "a withdrawal of nobody")
        found[0]["withdrawnAt"] = change["statedAt"]
    if kind == "lot":
        definition.setdefault("lots", []).append(change["lot"])


def in_force(opening, changes):
    """The definition after all changes, whose form, signatures and order are checked elsewhere."""
    definition = copy.deepcopy(opening["definition"])
    first_closing = time(definition["closesAt"])
    for change in changes:
        apply(definition, change, first_closing)
        if change["kind"] == "postponement":
            first_closing = time(definition["closesAt"])
    return definition


def check_numbers(counts):
    hold(counts["cast"] == counts["counted"] + counts["blank"] + counts["spoiled"], "counts: cast")
    hold(counts["setAside"] <= counts["spoiled"], "counts: spoiled")


def check_whole_country(certificate):
    """That sums are sums."""
    country, contests, counts = certificate["wholeCountry"], certificate["contests"], certificate["counts"]
    hold(country["regionId"] is None, "wholeCountry: regionId")
    hold([contest["regionId"] for contest in contests] == regions_of(certificate["definition"]), "contests: regions")
    for name, of_all in (("ballots", "cast"), ("total", "counted"), ("blank", "blank"), ("spoiled", "spoiled")):
        hold(same(country[name], sum(contest[name] for contest in contests)), f"wholeCountry: {name}")
        hold(same(country[name], counts[of_all]), f"counts: {of_all}")
    votes = {}
    for contest in contests:
        for choice, number in contest["votes"].items():
            votes[choice] = votes.get(choice, 0) + number
    hold(same(country["votes"], votes), "wholeCountry: votes")
