"""The files of a bundle, each read in its form: "The bundle" and "The roll" of docs/protocol.md."""

import os
from collections import namedtuple
from functools import cached_property

from basics import (
    Lie,
    base32,
    canonical,
    from_base64url,
    hexadecimal,
    hold,
    items,
    json_text,
    merkle_root,
    parse,
    parse_canonical,
    read_element,
    sha256,
    shaped,
    signed_by,
    whole,
)
from ceremony import Ceremony, SignedRoll
from proofs import batch_sizes, cut, dealt
from selections import regions_of

Line = namedtuple("Line", "regionId trackingCode voterKey body signature")
Mix = namedtuple("Mix", "statement signature trustee outputs proofs")
BODY, SIGNATURE, KEY, ENCRYPTED = 128, 64, 32, 64
WHY = {"unstamped", "malformed", "not-on-roll", "repeated-key", "unsigned", "unproved"}
BOX = ("format", "electionId", "ceremony", "opening", "rollRoot", "closesAt", "ballots", "merkleRoot", "setAside")


class Unreadable(Exception):
    """What was named is no bundle."""


def fingerprint(public_key):
    return base32(sha256(from_base64url(public_key, 32)))[:32]


def check_office(signature, value, what):
    """The office's signature over canonical JSON."""
    shaped(signature, "algorithm", "publicKey", "signature")
    hold(signature["algorithm"] == "Ed25519", f"{what}: algorithm")
    hold(signed_by(signature["publicKey"], signature["signature"], canonical(value)), f"{what}: signature is false")


def code(value):
    hold(isinstance(value, str) and len(value) == 20, "no tracking code")
    hold(not set(value) - set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), "no tracking code")
    return value


class Bundle:
    def __init__(self, folder):
        self.folder = folder
        if not self.has("ceremony"):
            raise Unreadable(f"there is no folder {folder}/ceremony")

    def has(self, name):
        return os.path.exists(os.path.join(self.folder, name))

    def bytes(self, name):
        try:
            with open(os.path.join(self.folder, name), "rb") as file:
                return file.read()
        except OSError:
            raise Lie(f"{name} is not there") from None

    def json(self, name):
        try:
            return parse_canonical(self.bytes(name))
        except Lie as lie:
            raise Lie(f"{name}: {lie}") from None

    def sha256(self, name):
        return sha256(self.bytes(name)).hex()

    @cached_property
    def ceremony(self):
        return Ceremony(self.json("ceremony/ceremony.json"))

    @cached_property
    def question(self):
        return parse_canonical(self.bytes("ceremony/question.json"), end=b"")

    @cached_property
    def regions(self):
        return regions_of(self.question)

    @cached_property
    def opening(self):
        return shaped(self.json("opening.json"), "statement", "signature")

    @cached_property
    def changes(self):
        return [shaped(change, "statement", "signature") for change in items(self.json("changes.json"))]

    @cached_property
    def certificate(self):
        return self.json("certificate.json")

    @cached_property
    def signed_roll(self):
        return SignedRoll(self, self.ceremony)

    @cached_property
    def roll(self):
        """The region of each voter key."""
        data = self.bytes("roll.txt")
        lines = data.split(b"\n")
        hold(lines.pop() == b"", "roll.txt does not end with a line feed")
        hold(lines == sorted(lines), "roll.txt is not sorted")
        roll = {}
        for line in lines:
            region, comma, key = line.decode("utf-8").rpartition(",")
            hold(comma and region in self.regions, "roll.txt: a region that the election does not have")
            from_base64url(key, KEY)
            hold(key not in roll, "roll.txt: a voter key stands there twice")
            roll[key] = region
        return roll

    @cached_property
    def roll_root(self):
        return merkle_root(sorted(f"{key} {region}".encode() for key, region in self.roll.items())).hex()

    @cached_property
    def box(self):
        file = shaped(self.json("box.json"), "statement", "signature")
        statement = shaped(file["statement"], *BOX)
        hold(statement["format"] == "scrutin-box-1", "box.json: format")
        for name in ("opening", "rollRoot", "merkleRoot"):
            hexadecimal(statement[name])
        shaped(statement["ballots"], *self.regions)
        for count in statement["ballots"].values():
            whole(count, 0, 2**53)
        for aside in items(statement["setAside"]):
            shaped(aside, "trackingCode", "regionId", "why")
            code(aside["trackingCode"])
            hold(aside["regionId"] in self.regions and aside["why"] in WHY, "box.json: a ballot set aside")
        return file

    @cached_property
    def raw_lines(self):
        lines = self.bytes("box.jsonl").split(b"\n")
        hold(lines.pop() == b"", "box.jsonl does not end with a line feed")
        return lines

    @cached_property
    def lines(self):
        lines = []
        for number, raw in enumerate(self.raw_lines, 1):
            value = parse(raw)
            shaped(value, *Line._fields)
            line = Line(**value)
            again = json_text({name: value[name] for name in Line._fields}).encode("utf-8")
            hold(again == raw, f"box.jsonl: line {number} is written in another form")
            hold(line.regionId in self.regions, f"box.jsonl: line {number} is of another region")
            code(line.trackingCode)
            from_base64url(line.voterKey, KEY)
            from_base64url(line.signature, SIGNATURE)
            body = from_base64url(line.body, BODY)
            lines.append(line._replace(body=body))
        return lines

    def of_region(self, region):
        return [line for line in self.lines if line.regionId == region]

    def sizes(self, region):
        return batch_sizes(len(self.of_region(region)))

    @cached_property
    def mixes(self):
        """Cached one by one, so that a bad one spoils no other."""
        return {}

    def mix(self, number):
        if number not in self.mixes:
            self.mixes[number] = self._mix(number)
        return self.mixes[number]

    def _mix(self, number):
        file = shaped(self.json(f"mix-{number}.json"), "statement", "signature")
        statement = shaped(file["statement"], "format", "ceremony", "box", "mix", "trustee", "sha256")
        hold(statement["format"] == "scrutin-mix-1", f"mix-{number}.json: format")
        whole(statement["mix"], number, number)
        trustee = self.ceremony.trustee(statement["trustee"])
        data = self.bytes(f"mix-{number}.bin")
        lengths = [
            n for region in self.regions for size in self.sizes(region) for n in (ENCRYPTED * size, 160 * size + 288)
        ]
        hold(len(data) == sum(lengths), f"mix-{number}.bin is of another length")
        pieces = iter(cut(data, lengths))
        outputs, proofs = {}, {}
        for region in self.regions:
            outputs[region], proofs[region] = [], []
            for size in self.sizes(region):
                outputs[region].append(cut(next(pieces), [ENCRYPTED] * size))
                proofs[region].append(next(pieces))
        return Mix(statement, file["signature"], trustee, outputs, proofs)

    def inputs_of(self, number, region):
        """The batches that a mix takes, from 1; that after the last one are opened."""
        sizes = self.sizes(region)
        if number == 1:
            return cut([line.body[:ENCRYPTED] for line in self.of_region(region)], sizes)
        before = self.mix(number - 1).outputs[region]
        if number == self.ceremony.mixes + 1:
            return before
        return dealt([encrypted for batch in before for encrypted in batch], len(sizes))

    def mix_digests(self):
        return [self.sha256(f"mix-{number}.json") for number in range(1, self.ceremony.mixes + 1)]

    @cached_property
    def opened(self):
        """The elements of each region."""
        data = self.bytes("opened.bin")
        counts = [len(self.of_region(region)) for region in self.regions]
        hold(len(data) == 32 * sum(counts), "opened.bin is of another length")
        elements = cut(data, [32] * sum(counts))
        for element in elements:
            if element != bytes(32):
                read_element(element)
        return dict(zip(self.regions, cut(elements, counts)))
