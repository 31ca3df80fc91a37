"""For the test: makes a ceremony from the page alone. The trustees' keys are drawn anew each time and kept by nobody."""

import hashlib
import os
import secrets

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from basics import ORDER, H, base64url, canonical, scalar_bytes, scalar_of, sha256, times_generator
from ceremony import Ceremony, digest_of, digest_of_all, trial_box
from count import question_of
from selections import regions_of

TRUSTEES, THRESHOLD, MIXERS, OPENERS = 4, 2, (2, 4), (1, 3)


def draw():
    return secrets.randbelow(ORDER)


class Signer:
    def __init__(self, seed=None):
        self.private = Ed25519PrivateKey.from_private_bytes(seed or secrets.token_bytes(32))
        self.key = base64url(self.private.public_key().public_bytes_raw())

    def sign(self, message):
        return base64url(self.private.sign(message))

    def office(self, value):
        return {"algorithm": "Ed25519", "publicKey": self.key, "signature": self.sign(canonical(value))}


class CeremonyMaker:
    def __init__(self, definition, folder, lie):
        self.definition, self.folder, self.lie = definition, folder, lie
        self.id, self.regions = definition["electionId"], regions_of(definition)
        self.office, self.registrar = Signer(), Signer()
        self.signers = [Signer() for _ in range(TRUSTEES)]

    def write(self, name, value, end=b"\n"):
        data = value if isinstance(value, bytes) else canonical(value) + end
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)
        return sha256(data).hex()

    def signed(self, number, name, domain, statement):
        signature = self.signers[number - 1].sign(H(domain, canonical(statement)))
        return self.write(name, {"statement": statement, "signature": signature})

    def ceremony_folder(self):
        numbers = range(1, TRUSTEES + 1)
        question = question_of(self.definition)
        self.write("ceremony/question.json", question)
        trustees = []
        for number, signer in zip(numbers, self.signers):
            sealing = base64url(secrets.token_bytes(32))
            about = {"format": "scrutin-trustee-1", "name": f"Trustee {number}", "signingKey": signer.key}
            about["sealingKey"] = sealing
            message = H("scrutin/v2/trustee-signature", canonical(about))
            trustees.append({**about, "signature": signer.sign(message)})
        agreed = {"electionId": self.id, "ballotDigest": base64url(sha256(question)), "threshold": THRESHOLD}
        agreed["mixes"] = len(MIXERS)
        proposal = {**agreed, "format": "scrutin-ceremony-proposal-1", "nonce": base64url(secrets.token_bytes(32))}
        proposal["trustees"] = trustees
        self.write("ceremony/proposal.json", proposal)
        self.proposed = base64url(H("scrutin/v2/ceremony-proposal", canonical(proposal)))
        polynomials = [[draw() for _ in range(THRESHOLD)] for _ in numbers]
        first = [self.message(1, n, **self.dealing(n, polynomials[n - 1])) for n in numbers]
        zero = [self.message(0, n, commitment=base64url(digest_of(first[n - 1]))) for n in numbers]
        # Only the receiver of a share can open it, so these hold none.
        share = {"encapsulatedKey": base64url(bytes(32)), "ciphertext": base64url(bytes(48))}
        before = digest_of_all([zero, first])
        shares = [[None if to == n else share for to in numbers] for n in numbers]
        second = [self.message(2, n, previous=before, shares=shares[n - 1]) for n in numbers]
        joint = [sum(of_one) % ORDER for of_one in zip(*polynomials)]
        self.shares = {x: sum(a * x**k for k, a in enumerate(joint)) % ORDER for x in range(TRUSTEES + 1)}
        keys = [base64url(times_generator(self.shares[x])) for x in range(TRUSTEES + 1)]
        before = digest_of_all([zero, first, second])
        record = {**agreed, "format": "scrutin-ceremony-1", "publicKey": keys[0], "messages": before, "trustees": []}
        for about, key in zip(trustees, keys[1:]):
            names = ("name", "signingKey", "sealingKey")
            record["trustees"].append({**{name: about[name] for name in names}, "verifyingKey": key})
        signatures = [signer.sign(H("scrutin/v2/ceremony", canonical(record))) for signer in self.signers]
        for number, signature in zip(numbers, signatures):
            self.message(3, number, previous=before, recordSignature=signature)
        file = {**record, "signatures": signatures}
        self.write("ceremony/ceremony.json", file)
        self.ceremony = Ceremony(file)
        self.digest = base64url(self.ceremony.digest)

    def message(self, round_, number, **fields):
        message = {"format": "scrutin-ceremony-message-1", "ceremony": self.proposed, "trustee": number}
        message |= {"round": round_, **fields}
        signed = H("scrutin/v2/ceremony-signature", canonical(message))
        message["signature"] = self.signers[number - 1].sign(signed)
        self.write(f"ceremony/round-{round_}-trustee-{number}.json", message)
        return message

    def dealing(self, number, polynomial):
        Q, a = [times_generator(k) for k in polynomial], draw()
        R = times_generator(a)
        hashed = b"FROST-RISTRETTO255-SHA512-v1" + b"dkg" + scalar_bytes(number) + Q[0] + R
        m = a + scalar_of(hashlib.sha512(hashed).digest()) * polynomial[0]
        return {"commitments": [base64url(element) for element in Q], "proof": base64url(R + scalar_bytes(m))}

    def rehearse(self):
        openings = []
        for number in OPENERS:
            data = self.opening("trial box", 0, number, trial_box(self.ceremony)[1])
            trial = {"format": "scrutin-trial-opening-1", "ceremony": self.digest, "trustee": number}
            trial["opening"] = base64url(data)
            message = H("scrutin/v2/rehearsal-signature", canonical(trial))
            openings.append({**trial, "signature": self.signers[number - 1].sign(message)})
        self.write("ceremony/rehearsal.json", {"format": "scrutin-rehearsal-1", "openings": openings})
