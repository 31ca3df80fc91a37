"""The ceremony, its rehearsal and the signed roll: docs/protocol.md."""

import hashlib
from dataclasses import dataclass

import proofs
from basics import (
    H,
    add,
    base64url,
    canonical,
    challenge,
    from_base64url,
    generator,
    hexadecimal,
    hold,
    items,
    lagrange,
    read_element,
    read_scalar,
    scalar_bytes,
    scalar_of,
    sha256,
    shaped,
    signed_by,
    text,
    times,
    times_generator,
    u32,
    weighted,
    whole,
    without,
)

RECORD = ("format", "electionId", "ballotDigest", "threshold", "mixes", "publicKey", "messages", "trustees")
MOST_TRUSTEES = 20


@dataclass(frozen=True)
class Trustee:
    number: int
    name: str
    signing_key: str
    K: bytes


class Ceremony:
    """What `ceremony.json` says, in its form."""

    def __init__(self, file):
        shaped(file, *RECORD, "signatures", optional=("testPage",))
        self.record = record = without(file, "signatures")
        hold(record["format"] == "scrutin-ceremony-1", "ceremony.json: format")
        self.election_id = text(record["electionId"])
        self.ballot_digest = from_base64url(record["ballotDigest"], 32)
        self.Y = read_element(from_base64url(record["publicKey"], 32))
        from_base64url(record["messages"], 64)
        if "testPage" in record:
            from_base64url(record["testPage"], 32)
        self.trustees = {}
        for number, trustee in enumerate(items(record["trustees"], 2, MOST_TRUSTEES), 1):
            shaped(trustee, "name", "signingKey", "sealingKey", "verifyingKey")
            for key in ("signingKey", "sealingKey"):
                from_base64url(trustee[key], 32)
            K = read_element(from_base64url(trustee["verifyingKey"], 32))
            self.trustees[number] = Trustee(number, text(trustee["name"], 100), trustee["signingKey"], K)
        count = len(self.trustees)
        for name in ("name", "signingKey", "sealingKey"):
            hold(len({trustee[name] for trustee in record["trustees"]}) == count, f"two trustees have one {name}")
        self.threshold = whole(record["threshold"], 2, count)
        self.mixes = whole(record["mixes"], 1, count)
        self.signatures = items(file["signatures"], count, count)
        self.digest = sha256(canonical(record))

    def trustee(self, number):
        return self.trustees[whole(number, 1, len(self.trustees))]

    def statement_signed(self, domain, file, trustee, what):
        """A statement of the bundle that one trustee signed."""
        message = H(domain, canonical(file["statement"]))
        hold(signed_by(trustee.signing_key, file["signature"], message), f"{what}: not signed by {trustee.name}")


def check_record(ceremony):
    message = H("scrutin/v2/ceremony", canonical(ceremony.record))
    for trustee, signature in zip(ceremony.trustees.values(), ceremony.signatures):
        hold(signed_by(trustee.signing_key, signature, message), f"ceremony.json is not signed by {trustee.name}")
    for last in range(ceremony.threshold, len(ceremony.trustees) + 1):
        some = [*range(1, ceremony.threshold), last]
        keys = [ceremony.trustees[number].K for number in some]
        value = weighted([lagrange(number, some) for number in some], keys)
        hold(value == ceremony.Y, f"the verifying key of trustee {last} is not of the same polynomial as the others'")


# The messages


PROPOSAL = ("format", "electionId", "ballotDigest", "threshold", "mixes", "nonce", "trustees")
FIELDS = [("commitment",), ("commitments", "proof"), ("previous", "shares"), ("previous", "recordSignature")]


def check_proposal(proposal):
    shaped(proposal, *PROPOSAL, optional=("testPage",))
    hold(proposal["format"] == "scrutin-ceremony-proposal-1", "proposal.json: format")
    from_base64url(proposal["nonce"], 32)
    for trustee in items(proposal["trustees"], 2, MOST_TRUSTEES):
        shaped(trustee, "format", "name", "signingKey", "sealingKey", "signature")
        hold(trustee["format"] == "scrutin-trustee-1", "proposal.json: format of a trustee")
        message = H("scrutin/v2/trustee-signature", canonical(without(trustee, "signature")))
        good = signed_by(trustee["signingKey"], trustee["signature"], message)
        hold(good, f"{text(trustee['name'], 100)} has not signed its own key")


def read_message(bundle, proposal_digest, trustee_keys, round_, number):
    name = f"ceremony/round-{round_}-trustee-{number}.json"
    message = bundle.json(name)
    shaped(message, "format", "ceremony", "trustee", "round", *FIELDS[round_], "signature")
    hold(message["format"] == "scrutin-ceremony-message-1", f"{name}: format")
    whole(message["trustee"], number, number)
    whole(message["round"], round_, round_)
    hold(message["ceremony"] == base64url(proposal_digest), f"{name} is of another ceremony")
    signed = H("scrutin/v2/ceremony-signature", canonical(without(message, "signature")))
    hold(signed_by(trustee_keys[number - 1], message["signature"], signed), f"{name} is not signed by its trustee")
    return message


def digest_of(message):
    return H("scrutin/v2/ceremony-message", canonical(message))


def digest_of_all(rounds):
    return base64url(H("scrutin/v2/ceremony-messages", [digest_of(message) for all_ in rounds for message in all_]))


def check_commitments(number, promised, message, threshold):
    hold(promised["commitment"] == base64url(digest_of(message)), f"trustee {number} changed its round 1 after round 0")
    commitments = items(message["commitments"], threshold, threshold)
    Q = [read_element(from_base64url(element, 32)) for element in commitments]
    proof = from_base64url(message["proof"], 64)
    R, m = read_element(proof[:32]), read_scalar(proof[32:])
    hashed = b"FROST-RISTRETTO255-SHA512-v1" + b"dkg" + scalar_bytes(number) + Q[0] + R
    q = scalar_of(hashlib.sha512(hashed).digest())
    hold(times_generator(m) == add(R, times(q, Q[0])), f"trustee {number} does not know its part of the key")
    return Q


def check_shares(number, message, previous, count):
    hold(message["previous"] == previous, f"trustee {number} had other messages before round 2")
    for to, share in enumerate(items(message["shares"], count, count), 1):
        if to == number:
            hold(share is None, f"trustee {number} has a share for itself")
        else:
            shaped(share, "encapsulatedKey", "ciphertext")
            from_base64url(share["encapsulatedKey"], 32)
            from_base64url(share["ciphertext"], 48)


def check_messages(bundle, ceremony):
    """The seven checks."""
    proposal = bundle.json("ceremony/proposal.json")
    check_proposal(proposal)
    question = bundle.bytes("ceremony/question.json")
    hold(base64url(sha256(question)) == proposal["ballotDigest"], "question.json is not the one that was proposed")
    keys = [trustee["signingKey"] for trustee in proposal["trustees"]]
    numbers = range(1, len(keys) + 1)
    proposed = H("scrutin/v2/ceremony-proposal", canonical(proposal))
    rounds = [[read_message(bundle, proposed, keys, r, number) for number in numbers] for r in range(4)]
    threshold = whole(proposal["threshold"], 2, len(keys))
    all_Q = [check_commitments(n, rounds[0][n - 1], rounds[1][n - 1], threshold) for n in numbers]
    for number in numbers:
        check_shares(number, rounds[2][number - 1], digest_of_all(rounds[:2]), len(keys))
    Q = [add(*(of_one[k] for of_one in all_Q)) for k in range(threshold)]
    record = {
        **without(proposal, "format", "nonce", "trustees"),
        "format": "scrutin-ceremony-1",
        "publicKey": base64url(Q[0]),
        "messages": digest_of_all(rounds[:3]),
        "trustees": [
            {
                **without(trustee, "format", "signature"),
                "verifyingKey": base64url(weighted([number**k for k in range(threshold)], Q)),
            }
            for number, trustee in zip(numbers, proposal["trustees"])
        ],
    }
    for number in numbers:
        message = rounds[3][number - 1]
        hold(message["previous"] == digest_of_all(rounds[:3]), f"trustee {number} had other messages before round 3")
        good = signed_by(keys[number - 1], message["recordSignature"], H("scrutin/v2/ceremony", canonical(record)))
        hold(good, f"trustee {number} signed another record than the messages lead to")
    hold(canonical(ceremony.record) == canonical(record), "ceremony.json is another record than the messages lead to")
    signatures = [message["recordSignature"] for message in rounds[3]]
    hold(ceremony.signatures == signatures, "ceremony.json has other signatures than the messages")


# The rehearsal


def trial_box(ceremony):
    """The four elements and their ballots."""
    M = [generator("scrutin/v2/rehearsal-selection", ceremony.digest, u32(i)) for i in range(4)]
    r = [challenge("scrutin/v2/rehearsal-factor", ceremony.digest, u32(i)) for i in range(4)]
    return M, [times_generator(r[i]) + add(times(r[i], ceremony.Y), M[i]) for i in range(4)]


def check_rehearsal(bundle, ceremony):
    file = shaped(bundle.json("ceremony/rehearsal.json"), "format", "openings")
    hold(file["format"] == "scrutin-rehearsal-1", "rehearsal.json: format")
    M, ballots = trial_box(ceremony)
    opened = {}
    for trial in items(file["openings"], ceremony.threshold, len(ceremony.trustees)):
        shaped(trial, "format", "ceremony", "trustee", "opening", "signature")
        hold(trial["format"] == "scrutin-trial-opening-1", "rehearsal.json: format of an opening")
        hold(trial["ceremony"] == base64url(ceremony.digest), "a trial opening is of another ceremony")
        trustee = ceremony.trustee(trial["trustee"])
        hold(trustee.number not in opened, f"{trustee.name} rehearsed twice")
        message = H("scrutin/v2/rehearsal-signature", canonical(without(trial, "signature")))
        good = signed_by(trustee.signing_key, trial["signature"], message)
        hold(good, f"a trial opening is not signed by {trustee.name}")
        data = from_base64url(trial["opening"], 32 * 4 + 96)
        opened[trustee.number] = proofs.check_opening(ceremony, "trial box", 0, trustee, ballots, data)
    some = dict(list(opened.items())[: ceremony.threshold])
    hold(proofs.combine(ballots, some) == M, "the trial box was not opened")


# The signed roll


class SignedRoll:
    """`roll.json`, with the signatures of the trustees that are there."""

    def __init__(self, bundle, ceremony):
        self.file = shaped(bundle.json("ceremony/roll.json"), "statement", "signature")
        self.statement = shaped(
            self.file["statement"], "format", "electionId", "ceremony", "registrar", "onRoll", "rollRoot"
        )
        hold(self.statement["format"] == "scrutin-roll-1", "roll.json: format")
        registrar = shaped(self.statement["registrar"], "name", "signingKey")
        text(registrar["name"], 100)
        from_base64url(registrar["signingKey"], 32)
        hexadecimal(self.statement["rollRoot"])
        self.trustees = []
        for number in ceremony.trustees:
            name = f"ceremony/roll-trustee-{number}.json"
            if bundle.has(name):
                file = shaped(bundle.json(name), "format", "trustee", "signature")
                hold(file["format"] == "scrutin-roll-trustee-1", f"{name}: format")
                whole(file["trustee"], number, number)
                self.trustees.append(without(file, "format"))
        self.joined = {**self.file, "trustees": self.trustees}

    def check(self, ceremony):
        message = H("scrutin/v2/roll", canonical(self.statement))
        registrar = self.statement["registrar"]["signingKey"]
        hold(signed_by(registrar, self.file["signature"], message), "the roll is not signed by the registrar")
        for signed in self.trustees:
            trustee = ceremony.trustee(signed["trustee"])
            good = signed_by(trustee.signing_key, signed["signature"], message)
            hold(good, f"the roll is not signed by {trustee.name}")
        hold(len(self.trustees) >= ceremony.threshold, "too few trustees signed the roll")
        hold(self.statement["electionId"] == ceremony.election_id, "the roll is of another election")
        hold(self.statement["ceremony"] == base64url(ceremony.digest), "the roll is of another ceremony")
