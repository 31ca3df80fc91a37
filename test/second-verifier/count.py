"""The question, and the numbers of a certificate: "The question" and "The count" of docs/protocol.md."""

from collections import Counter

from basics import canonical, hold, without
from selections import BLANK, SPOILED, choices_of, regions_of, selection_of

MAY_CHANGE = ("$schema", "opensAt", "closesAt", "summary", "contact", "cancelled", "corrections", "lots", "biographies")
WITH_ID = {"candidates": "candidateId", "parties": "partyId"}


def question_of(definition):
    """The definition in canonical JSON, without what may change."""
    question = without(definition, *MAY_CHANGE)
    first_texts = {}
    for correction in definition.get("corrections", []):
        first_texts.setdefault(correction["of"], correction.get("from"))
    for kind, id_name in WITH_ID.items():
        if kind not in definition:
            continue
        left_out = () if definition["votingMethod"] == "referendum" else ("bio", "withdrawnAt")
        question[kind] = []
        for item in definition[kind]:
            item = without(item, *left_out)
            for field in list(item):
                item[field] = first_texts.get(f"{kind}.{item[id_name]}.{field}", item[field])
            question[kind].append(item)
    return canonical(question)


def histogram(definition, region, elements):
    return Counter(selection_of(definition, region, element) for element in elements)


def parts_of(definition, selection):
    """The candidates that a selection names, in its order."""
    if definition["votingMethod"] == "choose":
        return selection.split("+")[1:]
    return selection.split(">")


def contest_of(definition, region, counts, aside):
    """What a certificate must say of a region, as far as a count without rounds goes."""
    method = definition["votingMethod"]
    candidates = definition.get("candidates", [])
    withdrawn = {c["candidateId"] for c in candidates if "withdrawnAt" in c}
    if method in ("single_choice", "choose") and definition.get("withdrawn") == "count":
        withdrawn = set()
    votes = {choice: 0 for choice in choices_of(definition, region)}
    spoiled, total = aside + counts[SPOILED], 0
    for selection, count in counts.items():
        if selection in (SPOILED, BLANK):
            continue
        named = [name for name in parts_of(definition, selection) if name not in withdrawn]
        if not named:
            spoiled += count
            continue
        total += count
        for name in named if method == "choose" else named[:1]:
            votes[name] += count
    blank = counts[BLANK]
    return {"ballots": total + blank + spoiled, "blank": blank, "spoiled": spoiled, "total": total, "votes": votes}


def check_counts(certificate, opened, lines, set_aside):
    definition = certificate["definition"]
    regions = regions_of(definition)
    told = {contest["regionId"]: contest for contest in certificate["contests"]}
    hold(list(told) == regions and len(certificate["contests"]) == len(told), "the contests are not the regions")
    sums = Counter()
    for region in regions:
        aside = sum(item["regionId"] == region for item in set_aside)
        made = contest_of(definition, region, histogram(definition, region, opened[region]), aside)
        for name, number in made.items():
            hold(told[region].get(name) == number, f"region {region}: {name} should be {number}")
        sums.update({name: made[name] for name in ("ballots", "blank", "spoiled", "total")})
    counts = certificate["counts"]
    for name, number in (("blank", sums["blank"]), ("spoiled", sums["spoiled"]), ("counted", sums["total"])):
        hold(counts[name] == number, f"counts: {name} should be {number}")
    hold(counts["setAside"] == len(set_aside), "counts: setAside")
    hold(counts["cast"] == lines + len(set_aside) == sums["ballots"], "counts: cast")
