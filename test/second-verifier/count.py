"""The question, and the numbers of a certificate: "The question" and "The count" of docs/protocol.md."""

from collections import Counter

from basics import canonical, hold, same, without
from selections import BLANK, SPOILED, choices_of, regions_of, selection_of
from winners import check_winners

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


def standing(definition, region):
    """The choices of a region that count."""
    gone = {c["candidateId"] for c in definition.get("candidates", []) if "withdrawnAt" in c}
    if definition.get("withdrawn") == "count":
        gone = set()
    return [choice for choice in choices_of(definition, region) if choice not in gone]


def contest_of(definition, region, counts, aside):
    """What a certificate must say of a region, as far as a count without rounds goes."""
    method = definition["votingMethod"]
    stand = standing(definition, region)
    votes = {choice: 0 for choice in choices_of(definition, region)}
    spoiled, total = aside + counts[SPOILED], 0
    for selection, count in counts.items():
        if selection in (SPOILED, BLANK):
            continue
        named = [name for name in parts_of(definition, selection) if name in stand]
        if not named:
            spoiled += count
            continue
        total += count
        for name in named if method == "choose" else named[:1]:
            votes[name] += count
    blank = counts[BLANK]
    return {"ballots": total + blank + spoiled, "blank": blank, "spoiled": spoiled, "total": total, "votes": votes}


def check_counts(certificate, opened, set_aside):
    """That each region's numbers are those of its elements; that they add up is checked elsewhere."""
    definition, on_roll = certificate["definition"], certificate["onRoll"]
    whole, choices = Counter(), {}
    for region, told in zip(regions_of(definition), certificate["contests"]):
        aside = sum(item["regionId"] == region for item in set_aside)
        selections = histogram(definition, region, opened[region])
        made = contest_of(definition, region, selections, aside)
        for name, number in made.items():
            hold(same(told[name], number), f"region {region}: {name} should be {number}")
        check_winners(definition, told, selections, standing(definition, region), on_roll.get(region, 0), aside)
        whole.update(selections)
        choices.update(dict.fromkeys(standing(definition, region)))
    check_winners(definition, certificate["wholeCountry"], whole, list(choices), sum(on_roll.values()), len(set_aside))
