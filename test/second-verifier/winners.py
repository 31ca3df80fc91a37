"""Who wins by a contest's numbers, as far as docs/counting.md says it in a few lines."""

from fractions import Fraction

from basics import hold, same
from selections import BLANK, SPOILED


def fraction(share):
    return Fraction(share) if isinstance(share, str) else Fraction(str(share))


def law_outcome(definition, contest, on_roll, aside):
    quorum = definition.get("quorum")
    if quorum is not None and contest["ballots"] - aside < fraction(quorum) * on_roll:
        return "quorum-not-reached"
    majority, yes, total = definition["requiredMajority"], contest["votes"]["oui"], contest["total"]
    needed = fraction(majority["share"]) * total
    return "adopted" if total and (yes >= needed if majority["kind"] == "at-least" else yes > needed) else "rejected"


def check_seat(contest):
    """Of a single choice: elected is who leads alone, or whom a lot names among those who lead."""
    seat, votes = contest["seat"], contest["votes"]
    leaders = [choice for choice, number in votes.items() if number and number == max(votes.values())]
    if seat["kind"] == "elected":
        hold(seat["candidateId"] in leaders, "the seat is not the leader's")
    hold(len(leaders) != 1 or same(seat["kind"], "elected"), "the leader has no seat")


def preferences(counts, choices):
    """Rankings of those who stand, and how many ballots each has."""
    for selection, count in counts.items():
        if selection not in (SPOILED, BLANK):
            ranking = [name for name in selection.split(">") if name in choices]
            if ranking:
                yield ranking, count


def round_votes(rankings, standing):
    votes, exhausted = dict.fromkeys(standing, 0), 0
    for ranking, count in rankings:
        first = next((name for name in ranking if name in standing), None)
        if first is None:
            exhausted += count
        else:
            votes[first] += count
    return votes, exhausted


def check_end(votes, threshold, outcome):
    if outcome["kind"] == "elected":
        winner = votes.get(outcome["candidateId"], 0)
        # Of two with as many votes each a lot may have named one.
        hold(winner >= threshold or 2 * winner == sum(votes.values()), "the elected candidate has no majority")
    else:
        hold(max(votes.values(), default=0) < threshold, "somebody has a majority and is not elected")


def check_out(votes, threshold, out):
    """That those eliminated were last: alone, or together below the next. How ties are broken is not looked at."""
    together, low = sum(votes[name] for name in out), min(votes[name] for name in set(votes) - out)
    hold(max(votes.values()) < threshold, "somebody has a majority already")
    hold(together < low or (len(out) == 1 and together == low), "those eliminated are not last")


def check_rounds(ranked, rankings, choices):
    """Each round of an instant run-off, made anew."""
    rounds, standing = ranked["rounds"], set(choices)
    for number, told in enumerate(rounds, 1):
        votes, exhausted = round_votes(rankings, standing)
        threshold = sum(votes.values()) // 2 + 1
        made = {"number": number, "votes": votes, "exhausted": exhausted, "continuing": sum(votes.values())}
        for name, value in {**made, "threshold": threshold}.items():
            hold(same(told[name], value), f"round {number}: {name} should be {value}")
        out = set(told.get("eliminated", []))
        hold(out < standing and bool(out) == (number < len(rounds)), f"round {number}: eliminated")
        if out:
            check_out(votes, threshold, out)
            standing -= out
            after, exhausted_after = round_votes(rankings, standing)
            moved = {name: after[name] - votes[name] for name in after if after[name] != votes[name]}
            hold(same(told["transfers"], moved), f"round {number}: transfers")
            hold(same(told["transferredToExhausted"], exhausted_after - exhausted), f"round {number}: exhausted")
        else:
            check_end(votes, threshold, ranked["outcome"])


def check_winners(definition, contest, counts, choices, on_roll, aside):
    """`marked` and `transferred` are not made anew. Withdrawn candidates are none of the choices."""
    method = definition["votingMethod"]
    if method == "referendum":
        made = law_outcome(definition, contest, on_roll, aside)
        hold(contest["outcome"] == made, "another outcome than the numbers give")
    if method == "single_choice" and contest["regionId"] is not None:
        check_seat(contest)
    if method == "ranked_choice" and (contest["regionId"] is not None or "ranked" in contest):
        check_rounds(contest["ranked"], list(preferences(counts, choices)), choices)
