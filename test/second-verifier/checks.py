"""The checks, by name and in the order of docs/protocol.md, section "What a verifier checks"."""

import unicodedata

from basics import Lie, base64url, canonical, from_base64url, hold, merkle_root, same, sha256, shaped, whole
from bundle import check_office, fingerprint
from cards import six_words
from ceremony import check_messages, check_record, check_rehearsal
from changes import check_certificate_form, check_opening_form, check_whole_country, in_force
from count import check_counts, question_of
from proofs import check_ballot_proof, check_cast, check_mix, check_opening, combine, context, tracking_code


class NotMade(Exception):
    """What is missing to make a check."""


def known(value, option, here):
    """What somebody knows from elsewhere than these files."""
    if value is None:
        raise NotMade(f"compare with what is known from elsewhere, or give it as {option}: {here}")
    return value


class Verifier:
    def __init__(self, bundle, options):
        self.bundle = bundle
        self.options = options
        self.given = {}

    @property
    def statement(self):
        return self.bundle.opening["statement"]

    @property
    def box(self):
        return self.bundle.box["statement"]

    @property
    def trustees_block(self):
        return shaped(
            self.bundle.certificate["trustees"], "ceremony", "signedRoll", "box", "mixes", "openings", "opened"
        )

    @property
    def office_key(self):
        return self.bundle.json("signature.json")["publicKey"]

    def checks(self):
        try:
            ceremony = self.bundle.ceremony
        except Exception:  # Without it there is nothing to check by.
            return [("files", lambda: self.bundle.ceremony)]
        return [
            ("files", self.files),
            ("signature", self.signature),
            ("ceremony", lambda: check_record(ceremony)),
            ("ceremony messages", lambda: check_messages(self.bundle, ceremony)),
            ("six words", self.words),
            ("rehearsal", lambda: check_rehearsal(self.bundle, ceremony)),
            ("question", self.question),
            ("opening", self.opening),
            ("changes, definition, times", self.changes),
            ("signed roll", self.signed_roll),
            ("voter keys on the roll", self.roll),
            ("box", self.sealed_box),
            ("lines, order, Merkle root", self.lines),
            ("voter keys", self.voter_keys),
            ("tracking codes", self.tracking_codes),
            ("signatures of voters", self.voters_signatures),
            ("proofs of ballots", self.ballot_proofs),
            ("mixers", self.mixers),
            *((f"mix {number}", lambda number=number: self.mix(number)) for number in range(1, ceremony.mixes + 1)),
            *((f"opening by trustee {n}", lambda n=n: self.given_by(n)) for n in self.openers()),
            ("combination", self.combination),
            ("recount, counts add up", self.recount),
            ("trustees", self.trustees),
        ]

    def openers(self):
        try:
            return [whole(opening["trustee"], 1, 20) for opening in self.trustees_block["openings"]]
        except (Lie, KeyError, TypeError):
            return []

    def files(self):
        b = self.bundle
        for read in ("question", "opening", "changes", "signed_roll", "roll", "box", "lines", "opened", "certificate"):
            getattr(b, read)
        check_opening_form(self.statement)
        check_certificate_form(b.certificate)
        for number in range(1, b.ceremony.mixes + 1):
            b.mix(number)
        b.json("signature.json")

    def signature(self):
        check_office(self.bundle.json("signature.json"), self.bundle.certificate, "signature.json")
        found = fingerprint(self.office_key)
        wanted = known(self.options.signed_by, "--signed-by", found).replace(" ", "")
        hold(found == wanted, "another key than the office's signed")

    def words(self):
        found = six_words(self.bundle.ceremony.digest, "ceremony")
        wanted = known(self.options.words, "--words", " / ".join(found))
        hold(" ".join(unicodedata.normalize("NFC", wanted).split()) in found, "other words than those read aloud")

    def question(self):
        ceremony, definition = self.bundle.ceremony, self.bundle.certificate["definition"]
        for of in (definition, self.statement["definition"]):
            hold(sha256(question_of(of)) == ceremony.ballot_digest, "the definition asks another question")
            hold(of["electionId"] == ceremony.election_id, "the definition is of another election")
        hold(
            question_of(definition) == self.bundle.bytes("ceremony/question.json"), "question.json is another question"
        )
        hold(self.bundle.question["trust"] == "trustees", "the question is not of this trust level")
        hold(self.statement["publicKey"] == base64url(ceremony.Y), "the opening states another public key")

    def opening(self):
        self.by_office(self.bundle.opening, "opening.json")
        stated = self.statement["signingKey"].replace(" ", "")
        hold(stated == fingerprint(self.office_key), "the opening names another signing key")
        found = self.bundle.sha256("opening.json")
        hold(self.bundle.certificate["opening"] == found, "the certificate is of another opening")
        hold(
            known(self.options.opening, "--opening", found) == found,
            "another opening than the one known from elsewhere",
        )

    def by_office(self, file, what):
        check_office(file["signature"], file["statement"], what)
        hold(file["signature"]["publicKey"] == self.office_key, f"{what}: signed by another key")

    def changes(self):
        before = self.bundle.sha256("opening.json")
        for number, change in enumerate(self.bundle.changes, 1):
            self.by_office(change, f"changes.json, item {number}")
            hold(
                change["statement"]["previous"] == before, f"changes.json, item {number} does not follow the one before"
            )
            before = sha256(canonical(change) + b"\n").hex()
        made = in_force(self.statement, [change["statement"] for change in self.bundle.changes])
        hold(same(self.bundle.certificate["definition"], made), "the certificate has another definition")

    def signed_roll(self):
        roll = self.bundle.signed_roll
        roll.check(self.bundle.ceremony)
        for name in ("onRoll", "rollRoot"):
            hold(same(roll.statement[name], self.statement[name]), f"the opening states another {name}")

    def roll(self):
        signed = self.bundle.signed_roll.statement
        hold(self.bundle.roll_root == signed["rollRoot"], "roll.txt has another root")
        counts = {region: 0 for region in self.bundle.regions}
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
        hold(box["closesAt"] == b.certificate["definition"]["closesAt"], "the box is of another closing")
        aside = [item["trackingCode"] for item in box["setAside"]]
        hold(aside == sorted(aside), "ballots set aside are not in order")

    def lines(self):
        b = self.bundle
        places = [(b.regions.index(line.regionId), line.trackingCode) for line in b.lines]
        hold(all(before < after for before, after in zip(places, places[1:])), "lines out of order, or twice")
        counts = {region: len(b.of_region(region)) for region in b.regions}
        hold(self.box["ballots"] == counts, "box.json has other numbers of ballots")
        hold(self.box["merkleRoot"] == merkle_root(b.raw_lines).hex(), "box.json has another Merkle root")

    def each_line(self, check):
        for number, line in enumerate(self.bundle.lines, 1):
            try:
                check(line)
            except Lie as lie:
                raise Lie(f"box.jsonl, line {number}: {lie}") from None

    def voter_keys(self):
        voted = set()

        def check(line):
            hold(self.bundle.roll.get(line.voterKey) == line.regionId, "not on the roll of that region")
            hold(line.voterKey not in voted, "a second ballot of this key")
            voted.add(line.voterKey)

        self.each_line(check)

    def tracking_codes(self):
        self.each_line(
            lambda line: hold(
                tracking_code(from_base64url(line.voterKey, 32), line.body) == line.trackingCode,
                "another tracking code",
            )
        )

    def context(self, line):
        return context(self.bundle.ceremony, line.regionId, line.voterKey)

    def voters_signatures(self):
        self.each_line(lambda line: check_cast(self.context(line), line.body, line.voterKey, line.signature))

    def ballot_proofs(self):
        self.each_line(lambda line: check_ballot_proof(self.context(line), line.body))

    def mixers(self):
        count = self.bundle.ceremony.mixes
        who = {self.bundle.mix(number).trustee.number for number in range(1, count + 1)}
        hold(len(who) == count, "a trustee mixed twice")
        hold(not self.bundle.has(f"mix-{count + 1}.json"), "more mixes than agreed")

    def mix(self, number):
        b, mix = self.bundle, self.bundle.mix(number)
        of = {"statement": mix.statement, "signature": mix.signature}
        b.ceremony.statement_signed("scrutin/v2/mix-file", of, mix.trustee, f"mix-{number}.json")
        self.of_this_box(mix.statement, f"mix-{number}")
        for region in b.regions:
            for batch, inputs in enumerate(b.inputs_of(number, region)):
                outputs, proof = mix.outputs[region][batch], mix.proofs[region][batch]
                check_mix(b.ceremony, region, batch, number - 1, mix.trustee.name, inputs, outputs, proof)

    def of_this_box(self, statement, name):
        hold(statement["ceremony"] == base64url(self.bundle.ceremony.digest), f"{name}.json: of another ceremony")
        hold(statement["box"] == self.bundle.sha256("box.json"), f"{name}.json: of another box")
        hold(statement["sha256"] == self.bundle.sha256(f"{name}.bin"), f"{name}.json: of another {name}.bin")

    def given_by(self, number):
        """The elements D, by region and batch."""
        if number not in self.given:
            self.given[number] = self.opening_by(number)
        return self.given[number]

    def opening_by(self, number):
        b, name = self.bundle, f"opening-{number}"
        trustee = b.ceremony.trustee(number)
        file = shaped(b.json(f"{name}.json"), "statement", "signature")
        statement = shaped(file["statement"], "format", "ceremony", "box", "mixes", "trustee", "sha256")
        hold(statement["format"] == "scrutin-opening-by-trustee-1", f"{name}.json: format")
        whole(statement["trustee"], number, number)
        b.ceremony.statement_signed("scrutin/v2/opening-file", file, trustee, f"{name}.json")
        self.of_this_box(statement, name)
        hold(statement["mixes"] == self.mix_digests(), f"{name}.json: of other mixes")
        data, given = b.bytes(f"{name}.bin"), {}
        for region in b.regions:
            given[region] = []
            for batch, inputs in enumerate(b.inputs_of(b.ceremony.mixes + 1, region)):
                size = 32 * len(inputs) + 96
                of_batch, data = data[:size], data[size:]
                given[region].append(check_opening(b.ceremony, region, batch, trustee, inputs, of_batch))
        hold(data == b"", f"{name}.bin is too long")
        return given

    def mix_digests(self):
        return [self.bundle.sha256(f"mix-{number}.json") for number in range(1, self.bundle.ceremony.mixes + 1)]

    def combination(self):
        b, openers = self.bundle, self.openers()
        hold(len(set(openers)) == len(openers) >= b.ceremony.threshold, "too few trustees opened, or one twice")
        given = {number: self.given_by(number) for number in openers[: b.ceremony.threshold]}
        for region in b.regions:
            elements = []
            for batch, inputs in enumerate(b.inputs_of(b.ceremony.mixes + 1, region)):
                elements += combine(inputs, {number: of[region][batch] for number, of in given.items()})
            hold(elements == b.opened[region], f"region {region}: opened.bin says something else")

    def recount(self):
        b = self.bundle
        check_counts(b.certificate, b.opened, len(b.lines), self.box["setAside"])
        check_whole_country(b.certificate)
        hold(same(b.certificate["counts"]["onRoll"], len(b.roll)), "counts: onRoll")

    def trustees(self):
        b, block, certificate = self.bundle, self.trustees_block, self.bundle.certificate
        hold(block["ceremony"] == base64url(b.ceremony.digest), "the certificate is of another ceremony")
        from_joined = sha256(canonical(b.signed_roll.joined)).hex()
        hold(block["signedRoll"] == from_joined, "the certificate is of another signed roll")
        hold(block["box"] == b.sha256("box.json"), "the certificate is of another box")
        hold(block["mixes"] == self.mix_digests(), "the certificate is of other mixes")
        hold(block["opened"] == b.sha256("opened.bin"), "the certificate is of another opened.bin")
        numbers = [shaped(opening, "trustee", "sha256")["trustee"] for opening in block["openings"]]
        hold(numbers == sorted(numbers), "openings out of order")
        for opening in block["openings"]:
            found = b.sha256(f"opening-{opening['trustee']}.json")
            hold(opening["sha256"] == found, "the certificate is of another opening by a trustee")
        hold(certificate["publicKey"] == base64url(b.ceremony.Y), "the certificate has another public key")
        for name in ("merkleRoot", "rollRoot"):
            hold(certificate[name] == self.box[name], f"the certificate has another {name}")
        hold(same(certificate["onRoll"], b.signed_roll.statement["onRoll"]), "the certificate has another onRoll")
