"""Bytes, canonical JSON, the group, hashing and Ed25519, as docs/protocol.md has them."""

import base64
import hashlib
import json
from decimal import Decimal

import rbcl
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class Lie(Exception):
    """What does not hold, in a few words."""


def hold(condition, what):
    if not condition:
        raise Lie(what)


# Bytes and files


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def from_base64url(text, length):
    """The bytes that this one spelling stands for."""
    hold(isinstance(text, str), "no text where base64url should be")
    try:
        data = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError:
        raise Lie("no base64url") from None
    hold(base64url(data) == text and len(data) == length, f"no base64url of {length} bytes")
    return data


def base32(data):
    return base64.b32encode(data).rstrip(b"=").decode("ascii")


def u32(number):
    return number.to_bytes(4, "big")


def sha256(data):
    return hashlib.sha256(data).digest()


def number_text(number):
    """As JavaScript writes it."""
    if float(number) == int(number) and abs(number) < 10**21:
        return str(int(number))
    sign, digits, exponent = Decimal(repr(float(number))).normalize().as_tuple()
    text = "".join(map(str, digits))
    point = len(text) + exponent
    if 0 < point <= 21:
        plain = text[:point] + "." + text[point:]
    elif -6 < point <= 0:
        plain = "0." + "0" * -point + text
    else:
        plain = text[0] + ("." + text[1:] if len(text) > 1 else "") + f"e{point - 1:+d}"
    return ("-" if sign else "") + plain


def json_text(value):
    """Without white space, an object's names in the order they have."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{json_text(name)}:{json_text(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(json_text, value)) + "]"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return number_text(value)
    return json.dumps(value, ensure_ascii=False)


def sorted_names(value):
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return {name: sorted_names(value[name]) for name in names}
    return [sorted_names(item) for item in value] if isinstance(value, list) else value


def canonical(value):
    return json_text(sorted_names(value)).encode("utf-8")


def no_number(text):
    raise ValueError(f"{text} is no number of JSON")


def whole_number(text):
    return int(text) if abs(int(text)) < 2**53 else float(text)


def parse(data):
    try:
        return json.loads(data.decode("utf-8"), parse_constant=no_number, parse_int=whole_number)
    except (ValueError, RecursionError, OverflowError):
        raise Lie("no JSON") from None


def parse_canonical(data, end=b"\n"):
    value = parse(data)
    try:
        same = canonical(value) + end == data
    except (ValueError, RecursionError, OverflowError):
        same = False
    hold(same, "JSON that is not canonical")
    return value


def shaped(value, *fields, optional=()):
    """An object with these fields, and no others but the optional ones."""
    hold(isinstance(value, dict), "no object where one should be")
    unknown = set(value) - set(fields) - set(optional)
    missing = set(fields) - set(value)
    hold(not unknown and not missing, f"fields unknown: {sorted(unknown)}, missing: {sorted(missing)}")
    return value


# The group. Elements are their 32 bytes, and whoever reads one decodes it first. Scalars are integers.

ORDER = 2**252 + 27742317777372353535851937790883648493
NEUTRAL = bytes(32)


def scalar_bytes(number):
    return (number % ORDER).to_bytes(32, "little")


def read_element(data):
    good = len(data) == 32 and data != NEUTRAL and rbcl.crypto_core_ristretto255_is_valid_point(data)
    hold(good, "bytes that are no element")
    return data


def read_scalar(data):
    number = int.from_bytes(data, "little")
    hold(len(data) == 32 and number < ORDER, "bytes that are no scalar")
    return number


def add(*elements):
    total = NEUTRAL
    for element in elements:
        total = rbcl.crypto_core_ristretto255_add(total, element)
    return total


def subtract(left, right):
    return rbcl.crypto_core_ristretto255_sub(left, right)


def times(number, element):
    # The library tells a neutral product as a mistake. The order is prime: there is no other way to one.
    if number % ORDER == 0 or element == NEUTRAL:
        return NEUTRAL
    return rbcl.crypto_scalarmult_ristretto255(scalar_bytes(number), element)


def times_generator(number):
    return NEUTRAL if number % ORDER == 0 else rbcl.crypto_scalarmult_ristretto255_base(scalar_bytes(number))


def weighted(numbers, elements):
    """The sum of the products."""
    return add(*(times(number, element) for number, element in zip(numbers, elements)))


def lagrange(number, numbers):
    """λ of one trustee among those that open."""
    value = 1
    for other in numbers:
        if other != number:
            value = value * other * pow(other - number, -1, ORDER) % ORDER
    return value


# Hashing


def with_length(data):
    return len(data).to_bytes(8, "big") + data


def part_bytes(part):
    if isinstance(part, (list, tuple)):
        return b"".join(with_length(part_bytes(item)) for item in part)
    return part.encode("utf-8") if isinstance(part, str) else part


def H(domain, *parts):
    return hashlib.sha512(b"".join(with_length(part_bytes(part)) for part in (domain, *parts))).digest()


def scalar_of(data):
    return int.from_bytes(data, "little") % ORDER


def challenge(domain, *parts):
    return scalar_of(H(domain, *parts))


def short(domain, *parts):
    return int.from_bytes(H(domain, *parts)[:16], "little")


def generator(domain, *parts):
    return rbcl.crypto_core_ristretto255_from_hash(H(domain, *parts))


# Signatures


def signed_by(public_key, signature, message):
    """Ed25519 by OpenSSL: without the cofactor, and with S below the order."""
    try:
        Ed25519PublicKey.from_public_bytes(from_base64url(public_key, 32)).verify(
            from_base64url(signature, 64), message
        )
    except InvalidSignature:
        return False
    return True


# Merkle trees of RFC 6962


def merkle_root(leaves):
    """The tree hash of texts in bytes."""
    if not leaves:
        return sha256(b"")
    level = [sha256(b"\0" + leaf) for leaf in leaves]
    # Pairing neighbours, and passing up the last one of an odd level, makes the same tree as the halves of RFC 6962.
    while len(level) > 1:
        pairs = [sha256(b"\1" + level[i] + level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = pairs + level[len(level) - len(level) % 2 :]
    return level[0]


# Forms


def same(left, right):
    """Also of one type: true is not 1."""
    return canonical(left) == canonical(right)


def text(value, most=None):
    hold(isinstance(value, str) and (most is None or 0 < len(value) <= most), "no text where one should be")
    return value


def whole(value, least, most):
    good = isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
    hold(good, f"no whole number from {least} to {most}")
    return value


def items(value, least=0, most=None):
    good = isinstance(value, list) and least <= len(value) <= (len(value) if most is None else most)
    hold(good, "no list of so many where one should be")
    return value


def hexadecimal(value):
    """SHA-256 as it is written where nothing else is said."""
    hold(isinstance(value, str) and len(value) == 64 and not set(value) - set("0123456789abcdef"), "no SHA-256")
    return value


def without(value, *names):
    return {name: item for name, item in value.items() if name not in names}
