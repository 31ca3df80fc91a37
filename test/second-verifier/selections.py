"""What an opened element says: "The ballot" and "The count" of docs/protocol.md."""

import rbcl

BLANK = "-"
SPOILED = None


def is_element(data):
    return data != bytes(32) and rbcl.crypto_core_ristretto255_is_valid_point(data)


def plaintext(counter, places):
    return counter.to_bytes(2, "little") + bytes([len(places), *places]).ljust(30, b"\0")


def first_plaintext(places):
    """With the first counter that gives an element."""
    return next(data for data in (plaintext(n, places) for n in range(0, 2**16, 2)) if is_element(data))


def regions_of(definition):
    return [region["regionId"] for region in definition["regions"]] or ["all"]


def choices_of(definition, region):
    if definition["votingMethod"] == "referendum":
        return ["oui", "non"]
    return [c["candidateId"] for c in definition["candidates"] if region in c["regionIds"]]


def allowed(definition, places, choices):
    method, count = definition["votingMethod"], len(places)
    if any(place >= len(choices) for place in places):
        return False
    if count == 0:
        return definition["allowBlank"]
    if method in ("referendum", "single_choice"):
        return count == 1
    if method == "choose":
        most = definition["maxChoices"]
        rises = all(a < b for a, b in zip(places, places[1:]))
        return rises and count <= (len(choices) if most == "all" else most)
    return method in ("ranked_choice", "stv") and count <= definition["maxRankings"] and len(set(places)) == count


def selection_of(definition, region, element):
    """As it is written in a count: of oui, 12, +12+3, 3>1>2, - one; None when it is spoiled."""
    count = element[2]
    places = list(element[3 : 3 + count])
    choices = choices_of(definition, region)
    if count > 28 or not is_element(element) or not allowed(definition, places, choices):
        return SPOILED
    if element != first_plaintext(places):
        return SPOILED
    names = [choices[place] for place in places]
    if not names:
        return BLANK
    method = definition["votingMethod"]
    if method == "choose":
        return "".join("+" + name for name in sorted(names))
    return ">".join(names) if method in ("ranked_choice", "stv") else names[0]
