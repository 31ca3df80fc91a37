"""What the office, the registrar and the trustees signed before the polls opened, and the certificate."""

import unicodedata

from basics import base64url, canonical, hold, same, sha256, shaped
from bundle import check_office, fingerprint
from cards import six_words
from changes import check_changes, check_numbers, check_times, check_whole_country, in_force
from count import check_counts, question_of


class NotMade(Exception):
    """What is missing to make a check."""


def known(value, option, here):
    """What somebody knows from elsewhere than these files."""
    if value is None:
        raise NotMade(f"compare with what is known from elsewhere, or give it as {option}: {here}")
    return value


class OfficeChecks:
    """Of a Verifier: it has a bundle, and options."""

    @property
    def certificate(self):
        return self.bundle.certificate

    @property
    def statement(self):
        return self.bundle.opening["statement"]

    @property
    def box(self):
        return self.bundle.box["statement"]

    @property
    def office_key(self):
        return self.bundle.json("signature.json")["publicKey"]

    @property
    def certified_files(self):
        return shaped(self.certificate["trustees"], "ceremony", "signedRoll", "box", "mixes", "openings", "opened")

    def by_office(self, file, what):
        check_office(file["signature"], file["statement"], what)
        hold(file["signature"]["publicKey"] == self.office_key, f"{what}: signed by another key")

    def signature(self):
        check_office(self.bundle.json("signature.json"), self.certificate, "signature.json")
        found = fingerprint(self.office_key)
        wanted = known(self.options.signed_by, "--signed-by", found).replace(" ", "")
        hold(found == wanted, "another key than the office's signed")

    def opening(self):
        self.by_office(self.bundle.opening, "opening.json")
        stated = self.statement["signingKey"].replace(" ", "")
        hold(stated == fingerprint(self.office_key), "the opening names another signing key")
        found = self.bundle.sha256("opening.json")
        hold(self.certificate["opening"] == found, "the certificate is of another opening")
        hold(known(self.options.opening, "--opening", found) == found, "another opening than the one known")

    def changes(self):
        before = self.bundle.sha256("opening.json")
        for number, change in enumerate(self.bundle.changes, 1):
            self.by_office(change, f"changes.json, item {number}")
            hold(
                change["statement"]["previous"] == before, f"changes.json, item {number} does not follow the one before"
            )
            before = sha256(canonical(change) + b"\n").hex()
        check_changes(self.changed)

    @property
    def changed(self):
        return [change["statement"] for change in self.bundle.changes]

    def definition(self):
        made = in_force(self.statement, self.changed)
        hold(same(self.certificate["definition"], made), "the certificate has another definition")

    def public_key(self):
        Y = base64url(self.bundle.ceremony.Y)
        hold(self.statement["publicKey"] == Y, "the opening states another public key than the ceremony's")
        hold(self.certificate["publicKey"] == Y, "the certificate has another public key than the ceremony's")

    def stated_roll(self):
        for name in ("onRoll", "rollRoot"):
            hold(same(self.statement[name], self.certificate[name]), f"the certificate has another {name}")

    def times(self):
        check_times(self.statement, self.changed, self.certificate)

    def files_certified(self):
        b, block = self.bundle, self.certified_files
        hold(block["ceremony"] == base64url(b.ceremony.digest), "the certificate is of another ceremony")
        joined = sha256(canonical(b.signed_roll.joined)).hex()
        hold(block["signedRoll"] == joined, "the certificate is of another signed roll")
        hold(block["box"] == b.sha256("box.json"), "the certificate is of another box")
        hold(block["mixes"] == b.mix_digests(), "the certificate is of other mixes")
        hold(block["opened"] == b.sha256("opened.bin"), "the certificate is of another opened.bin")
        numbers = [shaped(opening, "trustee", "sha256")["trustee"] for opening in block["openings"]]
        hold(numbers == sorted(set(numbers)), "openings out of order, or one twice")
        for opening in block["openings"]:
            found = b.sha256(f"opening-{opening['trustee']}.json")
            hold(opening["sha256"] == found, "the certificate is of another opening by a trustee")

    def box_certified(self):
        for name in ("merkleRoot", "rollRoot"):
            hold(self.certificate[name] == self.box[name], f"the certificate has another {name}")
        counts, aside = self.certificate["counts"], len(self.box["setAside"])
        hold(same(counts["setAside"], aside), "counts: setAside")
        hold(same(counts["cast"], sum(self.box["ballots"].values()) + aside), "counts: cast")
        hold(same(counts["onRoll"], sum(self.certificate["onRoll"].values())), "counts: onRoll")

    def counts_add_up(self):
        check_numbers(self.certificate["counts"])
        check_whole_country(self.certificate)

    def words(self):
        found = six_words(self.bundle.ceremony.digest, "ceremony")
        wanted = known(self.options.words, "--words", " / ".join(found))
        hold(" ".join(unicodedata.normalize("NFC", wanted).split()) in found, "other words than those read aloud")

    def question(self):
        ceremony, definition = self.bundle.ceremony, self.certificate["definition"]
        for of in (definition, self.statement["definition"]):
            hold(sha256(question_of(of)) == ceremony.ballot_digest, "the definition asks another question")
            hold(of["electionId"] == ceremony.election_id, "the definition is of another election")
        there = self.bundle.bytes("ceremony/question.json")
        hold(question_of(definition) == there, "question.json is another question")
        hold(definition["trust"] == "trustees", "the question is not of this trust level")
        hold(self.statement["publicKey"] == base64url(ceremony.Y), "the opening states another public key")

    def signed_roll(self):
        roll = self.bundle.signed_roll
        roll.check(self.bundle.ceremony)
        for name in ("onRoll", "rollRoot"):
            hold(same(roll.statement[name], self.statement[name]), f"the opening states another {name}")

    def roll(self):
        signed = self.bundle.signed_roll.statement
        hold(self.bundle.roll_root == signed["rollRoot"], "roll.txt has another root")
        counts = dict.fromkeys(self.bundle.regions, 0)
        for region in self.bundle.roll.values():
            counts[region] += 1
        hold(same({**dict.fromkeys(counts, 0), **signed["onRoll"]}, counts), "roll.txt has other numbers")

    def sealed_box(self):
        self.by_office(self.bundle.box, "box.json")
        b, box = self.bundle, self.box
        hold(box["electionId"] == b.ceremony.election_id, "the box is of another election")
        hold(box["ceremony"] == base64url(b.ceremony.digest), "the box is of another ceremony")
        hold(box["opening"] == b.sha256("opening.json"), "the box is of another opening")
        hold(box["rollRoot"] == b.signed_roll.statement["rollRoot"], "the box is of another roll")
        hold(box["closesAt"] == self.certificate["definition"]["closesAt"], "the box is of another closing")
        aside = [item["trackingCode"] for item in box["setAside"]]
        hold(aside == sorted(aside), "ballots set aside are not in order")

    def contests(self):
        check_counts(self.certificate, self.bundle.opened, self.box["setAside"])
