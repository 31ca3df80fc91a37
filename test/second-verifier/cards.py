"""Six words, and cards: "The ceremony" and "Cards" of docs/protocol.md."""

import hashlib
import unicodedata

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from mnemonic import Mnemonic

from basics import base64url


def six_words(digest, what):
    """In English and in French."""
    salt = f"scrutin/v2/words|{what}".encode()
    bits = int.from_bytes(hashlib.scrypt(digest, salt=salt, n=2**14, r=8, p=1, dklen=9), "big") >> 6
    lists = [Mnemonic(language).wordlist for language in ("english", "french")]
    places = [bits >> shift & 2047 for shift in range(55, -1, -11)]
    return [" ".join(unicodedata.normalize("NFC", words[place]) for place in places) for words in lists]


def normalised(text):
    letters = [c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c)[0] in "LN"]
    return "".join(str(unicodedata.decimal(c)) if unicodedata.category(c) == "Nd" else c for c in letters).upper()


def card_seed(election_id, number, code):
    salt = f"scrutin/v2/card|{election_id}|{normalised(number)}".encode()
    return hashlib.scrypt(normalised(code).encode(), salt=salt, n=2**12, r=8, p=1, dklen=32)


def voter_key(seed):
    return base64url(Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw())
