"""Computes the test vectors of docs/protocol.md anew: python vectors.py PROTOCOL.md prints each with ok or false."""

import json
import re
import sys
from types import SimpleNamespace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import proofs
from basics import (
    H,
    add,
    base64url,
    canonical,
    challenge,
    lagrange,
    merkle_root,
    parse,
    scalar_bytes,
    sha256,
    short,
    times,
    times_generator,
)
from cards import card_seed, six_words, voter_key
from selections import first_plaintext

DIGEST = bytes(range(32))


def hashing():
    domain, parts = "scrutin/v2/example", ("a", ["b", b"\1\2\3"])
    return {
        "transcript": H(domain, *parts),
        "challenge": scalar_bytes(challenge(domain, *parts)),
        "shortChallenge": scalar_bytes(short(domain, *parts)),
        "canonicalJson": canonical(parse('{"b":[1.0,"\\u00e9\\n"],"a":{"z":null,"Z":true}}'.encode())).decode(),
        "H": proofs.generators(1)[0],
        "h1": proofs.generators(1)[1],
        "lambdaOf1And3": [scalar_bytes(lagrange(number, [1, 3])) for number in (1, 3)],
        "words": dict(zip(("en", "fr"), six_words(DIGEST, "ceremony"))),
    }


def ballot(given):
    Y, s = times_generator(5), bytes(range(0x20, 0x40))
    seed = card_seed("E1", "123456789", "ABCDEFGHJKMNP")
    key = voter_key(seed)
    question = canonical(parse(given["question"].encode()))
    digest, M = sha256(question), first_plaintext([2, 0, 1])
    of = proofs.context(SimpleNamespace(Y=Y, ballot_digest=digest, election_id="E1"), "1", key)
    r = challenge("scrutin/v2/ballot-r", s, *of, M)
    A, B = times_generator(r), add(times(r, Y), M)
    w = challenge("scrutin/v2/ballot-w", s, *of, M, B)
    T = times_generator(w)
    c = proofs.ballot_challenge(of, A, B, T)
    body = A + B + T + scalar_bytes(w + c * r)
    proofs.check_ballot_proof(of, body)
    signer = Ed25519PrivateKey.from_private_bytes(seed)
    signature = signer.sign(H("scrutin/v2/cast", *of, body))
    proofs.check_cast(of, body, key, base64url(signature))
    return {
        "question": question.decode(),
        "ballotDigest": digest,
        "publicKey": Y,
        "cardSeed": seed,
        "voterKey": key,
        "M": M,
        "blank": first_plaintext([]),
        "body": body,
        "c": scalar_bytes(c),
        "signature": signature,
        "trackingCode": proofs.tracking_code(signer.public_key().public_bytes_raw(), body),
    }


def roll():
    leaves = [f"{base64url(bytes(range(first, first + 32)))} 1" for first in (1, 2, 3)]
    return {"leaves": leaves, "rollRoot": merkle_root([leaf.encode() for leaf in leaves])}


CEREMONY = SimpleNamespace(digest=DIGEST, Y=times_generator(5), election_id="E1")
INPUTS = [
    A + B
    for r, M in ((6, times_generator(1)), (7, times_generator(2)))
    for A, B in [(times_generator(r), add(times(r, CEREMONY.Y), M))]
]


def mix(given):
    outputs, proof = [bytes.fromhex(item) for item in given["outputs"]], bytes.fromhex(given["proof"])
    of = (CEREMONY, "1", 0, 0, "Court of audit", INPUTS, outputs, proof)
    proofs.check_mix(*of)
    read = proofs.MixProof(*of)
    return {
        "inputs": INPUTS,
        "outputs": outputs,
        "proof": proof,
        "statement": read.statement,
        "u": [scalar_bytes(u) for u in read.u],
        "e": scalar_bytes(read.e),
    }


def opening(given):
    trustee = SimpleNamespace(number=1, name="Court of audit", K=times_generator(5))
    data = bytes.fromhex(given["opening"])
    of = (CEREMONY, "1", 0, trustee, INPUTS, data)
    D = proofs.check_opening(*of)
    read = proofs.Opening(*of)
    return {
        "opening": data,
        "d": [scalar_bytes(d) for d in read.d],
        "o": scalar_bytes(read.o),
        "elements": proofs.combine(INPUTS, {1: D}),
    }


def in_hexadecimal(value):
    if isinstance(value, dict):
        return {name: in_hexadecimal(item) for name, item in value.items()}
    if isinstance(value, list):
        return [in_hexadecimal(item) for item in value]
    return value.hex() if isinstance(value, bytes) else value


def computed(given):
    return {
        "hashing": hashing(),
        "ballot": ballot(given["ballot"]),
        "roll": roll(),
        "batches": {count: proofs.batch_sizes(int(count)) for count in given["batches"]},
        "mix": mix(given["mix"]),
        "opening": opening(given["opening"]),
    }


def main(path):
    with open(path, encoding="utf-8") as page:
        given = json.loads(re.search(r"^```json vectors\n(.*?)^```$", page.read(), re.DOTALL | re.MULTILINE)[1])
    made = in_hexadecimal(computed(given))
    told = True
    for group in sorted({*given, *made}):
        for name in sorted({*given.get(group, {}), *made.get(group, {})}):
            same = given.get(group, {}).get(name) == made.get(group, {}).get(name)
            told = told and same
            print(f"{'ok   ' if same else 'false'} {group}: {name}")
    return 0 if told else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
