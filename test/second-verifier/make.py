"""
For the test: makes a whole bundle from the page alone, honest or with one lie that everybody concerned signs.

python make.py OPENING.json FOLDER [LIE], of whose definition the election is. Keys are drawn anew each time and kept by nobody.
"""

import json
import secrets
import sys

import proofs
from basics import (
    ORDER,
    H,
    add,
    base64url,
    canonical,
    challenge,
    from_base64url,
    json_text,
    merkle_root,
    scalar_bytes,
    sha256,
    subtract,
    times,
    times_generator,
    u32,
    weighted,
)
from bundle import fingerprint
from cards import card_seed, voter_key
from count import contest_of, histogram, standing
from make_ceremony import MIXERS, OPENERS, CeremonyMaker, Signer, draw
from selections import choices_of, first_plaintext, is_element, plaintext
from winners import law_outcome, preferences, round_votes

VOTERS, CAST = 12, 9


class Maker(CeremonyMaker):
    # Before voting

    def roll(self):
        self.voters = []
        for number in range(VOTERS):
            seed = card_seed(self.id, f"{number}", f"code {number}")
            self.voters.append((self.regions[number % len(self.regions)], voter_key(seed), seed))
        listed = self.voters[1:] if self.lie == "a voter who is not on the roll" else self.voters
        self.write("roll.txt", b"".join(sorted(f"{region},{key}\n".encode() for region, key, _ in listed)))
        self.root = merkle_root(sorted(f"{key} {region}".encode() for region, key, _ in listed)).hex()
        self.on_roll = {region: sum(voter[0] == region for voter in listed) for region in self.regions}
        statement = {"format": "scrutin-roll-1", "electionId": self.id, "ceremony": self.digest}
        statement |= {"registrar": {"name": "Registrar", "signingKey": self.registrar.key}}
        statement |= {"onRoll": self.on_roll, "rollRoot": self.root}
        message = H("scrutin/v2/roll", canonical(statement))
        file = {"statement": statement, "signature": self.registrar.sign(message)}
        self.write("ceremony/roll.json", file)
        signed = [{"trustee": n, "signature": self.signers[n - 1].sign(message)} for n in OPENERS]
        for of_one in signed:
            name = f"ceremony/roll-trustee-{of_one['trustee']}.json"
            self.write(name, {"format": "scrutin-roll-trustee-1", **of_one})
        self.joined = sha256(canonical({**file, "trustees": signed})).hex()

    def state(self):
        code = fingerprint(self.office.key)
        statement = {"format": "scrutin-opening-2", "statedAt": self.definition["opensAt"]}
        statement |= {"definition": self.definition, "publicKey": base64url(self.ceremony.Y), "onRoll": self.on_roll}
        statement |= {"rollRoot": self.root, "acknowledgementKey": Signer().key}
        statement["signingKey"] = " ".join(code[i : i + 4] for i in range(0, 32, 4))
        file = {"statement": statement, "signature": self.office.office(statement)}
        self.stated = self.write("opening.json", file)
        self.write("changes.json", [])

    # The box

    def places(self, number, region):
        count = len(choices_of(self.definition, region))
        if self.definition["votingMethod"] == "ranked_choice":
            return [[0], [0, 1], [1, 0]][number % 3][:count]
        return [] if number == 5 else [number % 3 % count]

    def selection(self, number, region):
        places = self.places(number, region)
        if number == 0 and self.lie == "a marked ballot":
            good = [data for n in range(0, 200, 2) if is_element(data := plaintext(n, places))]
            return good[1]
        return first_plaintext(places)

    def ballot(self, number, region, key):
        of, r, w = proofs.context(self.ceremony, region, key), draw(), draw()
        A, T = times_generator(r), times_generator(w)
        B = add(times(r, self.ceremony.Y), self.selection(number, region))
        return A + B + T + scalar_bytes(w + proofs.ballot_challenge(of, A, B, T) * r)

    def seal(self):
        lines = []
        for number, (region, key, seed) in enumerate(self.voters[:CAST]):
            body = self.ballot(number, region, key)
            if number == len(self.regions) and self.lie == "a copied ballot":
                body = from_base64url(lines[0]["body"], 128)
            if number == len(self.regions) and self.lie == "two ballots of one voter":
                key, seed = self.voters[0][1:]
                body = self.ballot(number, region, key)
            signer = Signer(None if number == 0 and self.lie == "a ballot that its voter did not sign" else seed)
            signed = H("scrutin/v2/cast", *proofs.context(self.ceremony, region, key), body)
            code = proofs.tracking_code(from_base64url(key, 32), body)
            line = {"regionId": region, "trackingCode": code, "voterKey": key, "body": base64url(body)}
            lines.append({**line, "signature": signer.sign(signed)})
        lines.sort(key=lambda line: (self.regions.index(line["regionId"]), line["trackingCode"]))
        raw = [json_text(line).encode() for line in lines]
        self.write("box.jsonl", b"".join(line + b"\n" for line in raw))
        self.lines, self.box_root = lines, merkle_root(raw).hex()
        counts = {region: sum(line["regionId"] == region for line in lines) for region in self.regions}
        statement = {"format": "scrutin-box-1", "electionId": self.id, "ceremony": self.digest, "opening": self.stated}
        statement |= {"rollRoot": self.root, "closesAt": self.definition["closesAt"], "ballots": counts}
        statement |= {"merkleRoot": self.box_root, "setAside": []}
        self.box = self.write("box.json", {"statement": statement, "signature": self.office.office(statement)})

    # Mixes and openings

    def mix_batch(self, region, batch, mix, name, inputs):
        N, Y = len(inputs), self.ceremony.Y
        psi, rho, gamma, eta = list(range(N)), *([draw() for _ in range(N)] for _ in range(3))
        secrets.SystemRandom().shuffle(psi)
        pairs = [proofs.pair_of(inputs[j]) for j in psi]
        if mix == 1 and self.lie == "a mix that doubles a ballot and drops another":
            pairs[1] = pairs[0]
        outputs = [add(A, times_generator(rho[i])) + add(B, times(rho[i], Y)) for i, (A, B) in enumerate(pairs)]
        first, *h = proofs.generators(N)
        C = [None] * N
        for i, j in enumerate(psi):
            C[j] = add(times_generator(gamma[j]), h[i])
        of = ("scrutin/v2/mix", self.ceremony.digest, Y, self.id, region, u32(batch), u32(mix), name)
        statement = H(*of, inputs, outputs, C)
        u = [challenge("scrutin/v2/mix-weight", statement, u32(j)) for j in range(N)]
        v, hat, dash = [u[j] for j in psi], [draw() for _ in range(N)], [draw() for _ in range(N)]
        L, F, before, product = [], [], first, 0
        for i in range(N):
            F.append(add(times_generator(hat[i]), times(dash[i], before)))
            before = add(times_generator(eta[i]), times(v[i], before))
            product = (eta[i] + v[i] * product) % ORDER
            L.append(before)
        A, B = zip(*map(proofs.pair_of, outputs))
        w = [draw() for _ in range(4)]
        E = [times_generator(w[0]), times_generator(w[1]), add(times_generator(w[2]), weighted(dash, h))]
        E += [subtract(weighted(dash, A), times_generator(w[3])), subtract(weighted(dash, B), times(w[3], Y))]
        e = challenge("scrutin/v2/mix-challenge", statement, list(zip(C, L, F)), E)
        sums = sum(gamma), product, sum(map(int.__mul__, u, gamma)), sum(map(int.__mul__, v, rho))
        proof = b""
        for i in range(N):
            proof += C[i] + L[i] + F[i] + scalar_bytes(hat[i] + e * eta[i]) + scalar_bytes(dash[i] + e * v[i])
        return outputs, proof + b"".join(E) + b"".join(scalar_bytes(a + e * b) for a, b in zip(w, sums))

    def mix(self):
        self.batches, self.mixes = {}, []
        for region in self.regions:
            bodies = [from_base64url(line["body"], 128) for line in self.lines if line["regionId"] == region]
            self.batches[region] = proofs.cut([body[:64] for body in bodies], proofs.batch_sizes(len(bodies)))
        mixers = (MIXERS[0],) * 2 if self.lie == "a trustee who mixes twice" else MIXERS
        for mix, number in enumerate(mixers):
            data = b""
            for region in self.regions:
                for batch, inputs in enumerate(self.batches[region]):
                    name = self.ceremony.trustees[number].name
                    outputs, proof = self.mix_batch(region, batch, mix, name, inputs)
                    data += b"".join(outputs) + proof
                    # A region of so few ballots is one batch, in every mix.
                    self.batches[region][batch] = outputs
            statement = {"format": "scrutin-mix-1", "ceremony": self.digest, "box": self.box, "mix": mix + 1}
            statement |= {"trustee": number, "sha256": self.write(f"mix-{mix + 1}.bin", data)}
            self.mixes.append(self.signed(number, f"mix-{mix + 1}.json", "scrutin/v2/mix-file", statement))

    def opening(self, region, batch, number, inputs):
        share, trustee = self.shares[number], self.ceremony.trustees[number]
        A = [proofs.pair_of(encrypted)[0] for encrypted in inputs]
        D = [times(share, element) for element in A]
        if region != "trial box" and number == OPENERS[0] and self.lie == "a false opening":
            D[0] = add(D[0], times_generator(1))
        of = ("scrutin/v2/opening", self.ceremony.digest, self.ceremony.Y, self.id, region, u32(batch))
        statement = H(*of, u32(number), trustee.name, trustee.K, inputs, D)
        d, a = [challenge("scrutin/v2/opening-weight", statement, u32(i)) for i in range(len(A))], draw()
        V = times_generator(a), times(a, weighted(d, A))
        o = challenge("scrutin/v2/opening-challenge", statement, *V)
        return b"".join((*D, *V, scalar_bytes(a - o * share)))

    def open(self):
        self.openings, opened = [], {}
        for number in OPENERS:
            data = b""
            for region in self.regions:
                for batch, inputs in enumerate(self.batches[region]):
                    data += self.opening(region, batch, number, inputs)
            statement = {"format": "scrutin-opening-by-trustee-1", "ceremony": self.digest, "box": self.box}
            statement |= {"mixes": self.mixes, "trustee": number, "sha256": self.write(f"opening-{number}.bin", data)}
            digest = self.signed(number, f"opening-{number}.json", "scrutin/v2/opening-file", statement)
            self.openings.append({"trustee": number, "sha256": digest})
        for region in self.regions:
            pairs = [proofs.pair_of(encrypted) for inputs in self.batches[region] for encrypted in inputs]
            opened[region] = [subtract(B, times(self.shares[0], A)) for A, B in pairs]
        self.opened = opened
        self.opened_digest = self.write("opened.bin", b"".join(sum(opened.values(), [])))

    # The certificate

    def contest(self, region):
        counts = histogram(self.definition, region, self.opened[region])
        if self.lie == "a marked ballot":
            # The office counts it as if it were none.
            counts["oui"] += counts.pop(None)
        contest = {"regionId": region, **contest_of(self.definition, region, counts, 0)}
        if self.lie == "a vote moved to another choice":
            names = list(contest["votes"])
            contest["votes"][names[0]] += 1
            contest["votes"][names[1]] -= 1
        return self.decided(contest, counts)

    def decided(self, contest, counts):
        method, votes = self.definition["votingMethod"], contest["votes"]
        if method == "referendum":
            return {**contest, "outcome": law_outcome(self.definition, contest, VOTERS, 0)}
        if method == "single_choice" and contest["regionId"] is not None:
            return {**contest, "seat": {"kind": "elected", "candidateId": max(votes, key=votes.get)}}
        if method == "ranked_choice":
            region = self.regions[0]
            rankings = list(preferences(counts, standing(self.definition, region)))
            votes, exhausted = round_votes(rankings, standing(self.definition, region))
            continuing, elected = sum(votes.values()), max(votes, key=votes.get)
            told = {"number": 1, "votes": votes, "continuing": continuing, "exhausted": exhausted}
            told |= {"threshold": continuing // 2 + 1, "transfers": {}, "transferredToExhausted": 0}
            outcome = {"kind": "elected", "candidateId": elected}
            return {**contest, "ranked": {"outcome": outcome, "rounds": [told]}}
        return contest

    def certify(self):
        contests = [self.contest(region) for region in self.regions]
        country = {name: sum(c[name] for c in contests) for name in ("ballots", "blank", "spoiled", "total")}
        country |= {"regionId": None, "votes": {}}
        for contest in contests:
            for choice, number in contest["votes"].items():
                country["votes"][choice] = country["votes"].get(choice, 0) + number
        if len(contests) == 1:
            country = {**contests[0], "regionId": None}
        counts = {"cast": CAST, "counted": country["total"], "blank": country["blank"], "spoiled": country["spoiled"]}
        counts |= {"setAside": 0, "onRoll": sum(self.on_roll.values()), "duplicates": 0, "invalid": 0}
        certificate = {"format": "scrutin-certificate-5", "certifiedAt": self.definition["closesAt"]}
        certificate |= {"opening": self.stated, "definition": self.definition, "onRoll": self.on_roll}
        certificate |= {"publicKey": base64url(self.ceremony.Y), "merkleRoot": self.box_root, "rollRoot": self.root}
        certificate |= {"counts": counts, "contests": contests, "wholeCountry": country}
        certificate["trustees"] = {"ceremony": self.digest, "signedRoll": self.joined, "box": self.box}
        certificate["trustees"] |= {"mixes": self.mixes, "openings": self.openings, "opened": self.opened_digest}
        self.write("certificate.json", certificate)
        self.write("signature.json", self.office.office(certificate))


def main(definition, folder, lie=None):
    with open(definition, encoding="utf-8") as file:
        maker = Maker(json.load(file)["statement"]["definition"], folder, lie)
    maker.ceremony_folder()
    maker.rehearse()
    maker.roll()
    maker.state()
    maker.seal()
    maker.mix()
    maker.open()
    maker.certify()


if __name__ == "__main__":
    main(*sys.argv[1:])
