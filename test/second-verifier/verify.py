"""
The second verifier of Scrutin's trust level "trustees", made from docs/protocol.md alone.

python verify.py BUNDLE --words "six words" --opening SHA256 --signed-by FINGERPRINT [--card NUMBER] [--receipt FILE]

Prints each check with ok or false. Exits 1 when one is false; 2 when there is no bundle, or when a check could not be
made for want of a fingerprint from elsewhere.
"""

import argparse
import getpass
import sys

from basics import H, Lie, hold, parse, shaped, signed_by
from bundle import Bundle, Unreadable
from cards import card_seed, voter_key
from checks import Verifier
from office_checks import NotMade


def card(bundle, number, code):
    """What is known of the card with this number and code."""
    key = voter_key(card_seed(bundle.ceremony.election_id, number, code))
    if key not in bundle.roll:
        return "no card of this number and code is on the roll"
    codes = [line.trackingCode for line in bundle.lines if line.voterKey == key]
    return f"voted with the tracking code {codes[0]}" if codes else "nobody voted with this card"


def receipt(bundle, path):
    with open(path, "rb") as file:
        data = parse(file.read())
    shaped(data, "accepted", "electionId", "format", "regionId", "trackingCode")
    accepted = shaped(data["accepted"], "minute", "publicKey", "signature")
    hold(data["format"] == "scrutin-receipt-1", "format")
    hold(accepted["publicKey"] == bundle.opening["statement"]["acknowledgementKey"], "signed by another key")
    signed = H("scrutin/v2/accepted", data["electionId"], data["trackingCode"], accepted["minute"])
    hold(data["electionId"] == bundle.ceremony.election_id, "of another election")
    hold(signed_by(accepted["publicKey"], accepted["signature"], signed), "signature is false")
    place = (data["regionId"], data["trackingCode"])
    there = {(line.regionId, line.trackingCode) for line in bundle.lines}
    aside = {(item["regionId"], item["trackingCode"]) for item in bundle.box["statement"]["setAside"]}
    hold(place in there or place in aside, "the ballot that it acknowledges is not in the box")


def made(check):
    """Whether a check holds (None when it could not be made), and what there is to say."""
    try:
        check()
        return True, ""
    except NotMade as why:
        return None, str(why)
    except Lie as lie:
        return False, str(lie)
    except Exception as error:  # What a hostile file does to this program is a fault of the file.
        return False, f"not in its form ({type(error).__name__}: {error})"


def say(holds, name, more):
    more = "".join(c if c.isprintable() else "?" for c in more)[:500]
    word = {True: "ok", False: "false", None: "?"}[holds]
    print(f"{word:5} {name}{'  ' + more if more else ''}")


def main(arguments):
    parser = argparse.ArgumentParser(description="Verifies a bundle by docs/protocol.md.")
    parser.add_argument("bundle")
    parser.add_argument("--words", help="the six words that the trustees read aloud")
    parser.add_argument("--opening", help="SHA-256 of opening.json")
    parser.add_argument("--signed-by", help="fingerprint of the office's key")
    parser.add_argument("--card", metavar="NUMBER", help="says whether this card voted; asks for its code")
    parser.add_argument("--receipt", metavar="FILE")
    options = parser.parse_args(arguments)
    results = []

    def find(name, check):
        holds, more = made(check)
        results.append(holds)
        say(holds, name, more)

    try:
        bundle = Bundle(options.bundle)
        checks = Verifier(bundle, options).checks()
    except Unreadable as why:
        print(f"This bundle cannot be read: {why}")
        return 2
    for name, check in checks:
        find(name, check)
    if options.receipt:
        find("receipt", lambda: receipt(bundle, options.receipt))
    if options.card:
        told = []
        code = getpass.getpass("Code: ") if sys.stdin.isatty() else sys.stdin.readline()
        holds, more = made(lambda: told.append(card(bundle, options.card, code)))
        say(holds, "card", told[0] if told else more)
    return 1 if False in results else 2 if None in results else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
