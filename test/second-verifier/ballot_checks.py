"""The box, ballot by ballot; the mixes; the openings; and what they come to."""

from basics import Lie, base64url, from_base64url, hold, merkle_root, same, shaped, whole
from proofs import check_ballot_proof, check_cast, check_mix, check_opening, combine, context, tracking_code


class BallotChecks:
    """Of a Verifier: it has a bundle."""

    def lines(self):
        counts = {region: len(self.bundle.of_region(region)) for region in self.bundle.regions}
        hold(same(self.box["ballots"], counts), "box.json has other numbers of ballots")

    def order(self):
        regions = self.bundle.regions
        places = [(regions.index(line.regionId), line.trackingCode) for line in self.bundle.lines]
        hold(all(before < after for before, after in zip(places, places[1:])), "lines out of order, or twice")

    def box_root(self):
        found = merkle_root(self.bundle.raw_lines).hex()
        hold(self.box["merkleRoot"] == found, "box.json has another Merkle root")

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
        hold(statement["mixes"] == b.mix_digests(), f"{name}.json: of other mixes")
        data, given = b.bytes(f"{name}.bin"), {}
        for region in b.regions:
            given[region] = []
            for batch, inputs in enumerate(b.inputs_of(b.ceremony.mixes + 1, region)):
                size = 32 * len(inputs) + 96
                of_batch, data = data[:size], data[size:]
                given[region].append(check_opening(b.ceremony, region, batch, trustee, inputs, of_batch))
        hold(data == b"", f"{name}.bin is too long")
        return given

    def combination(self):
        b, openers = self.bundle, self.openers()
        hold(len(set(openers)) == len(openers) >= b.ceremony.threshold, "too few trustees opened, or one twice")
        given = {number: self.given_by(number) for number in openers[: b.ceremony.threshold]}
        for region in b.regions:
            elements = []
            for batch, inputs in enumerate(b.inputs_of(b.ceremony.mixes + 1, region)):
                elements += combine(inputs, {number: of[region][batch] for number, of in given.items()})
            hold(elements == b.opened[region], f"region {region}: opened.bin says something else")
