"""Ballots, batches, mixes and openings: the equations of docs/protocol.md."""

from itertools import accumulate

from basics import (
    ORDER,
    H,
    add,
    base32,
    challenge,
    generator,
    hold,
    lagrange,
    read_element,
    read_scalar,
    sha256,
    short,
    signed_by,
    subtract,
    times,
    times_generator,
    u32,
    weighted,
)

# Ballots


def context(ceremony, region, voter_key):
    return (ceremony.Y, ceremony.ballot_digest, ceremony.election_id, region, voter_key)


def tracking_code(voter_key_bytes, body):
    return base32(sha256(voter_key_bytes + body))[:20]


def ballot_challenge(of, A, B, T):
    return short("scrutin/v2/ballot", *of, A, B, T)


def check_ballot_proof(of, body):
    A, B, T = (read_element(body[at : at + 32]) for at in (0, 32, 64))
    z = read_scalar(body[96:128])
    c = ballot_challenge(of, A, B, T)
    hold(times_generator(z) == add(T, times(c, A)), "z·G is not T + c·A")


def check_cast(of, body, voter_key, signature):
    hold(signed_by(voter_key, signature, H("scrutin/v2/cast", *of, body)), "not signed by the voter key")


# Batches

MOST = 16384


def batch_sizes(count):
    batches = -(-count // MOST)
    return [-(-(count - batch) // batches) for batch in range(batches)]


def cut(items, sizes):
    return [items[end - size : end] for size, end in zip(sizes, accumulate(sizes))]


def dealt(items, batches):
    """Between two mixes: place p goes to batch p modulo their number."""
    return [items[batch::batches] for batch in range(batches)]


# Mix

_generators = []


def generators(count):
    """h_0, which is Ĥ, to h_count."""
    for n in range(len(_generators), count + 1):
        _generators.append(generator("scrutin/v2/mix-generator", u32(n)))
    return _generators[: count + 1]


def pair_of(encrypted):
    return encrypted[:32], encrypted[32:]


def slices(data, *sizes):
    hold(len(data) == sum(sizes), "of another length")
    return cut(data, sizes)


class MixProof:
    """A proof read, and the hashes that it leads to."""

    def __init__(self, ceremony, region, batch, mix, mixer, inputs, outputs, proof):
        count = len(inputs)
        *lines, end = slices(proof, *([160] * count), 288)
        parts = [slices(line, *[32] * 5) for line in lines]
        self.C, self.L, self.F = ([read_element(line[i]) for line in parts] for i in range(3))
        self.x, self.y = ([read_scalar(line[i]) for line in parts] for i in (3, 4))
        end = slices(end, *[32] * 9)
        self.E = [read_element(data) for data in end[:5]]
        self.s = [read_scalar(data) for data in end[5:]]
        for encrypted in (*inputs, *outputs):
            for element in pair_of(encrypted):
                read_element(element)
        self.statement = H(
            "scrutin/v2/mix",
            ceremony.digest,
            ceremony.Y,
            ceremony.election_id,
            region,
            u32(batch),
            u32(mix),
            mixer,
            inputs,
            outputs,
            self.C,
        )
        self.u = [challenge("scrutin/v2/mix-weight", self.statement, u32(j)) for j in range(count)]
        self.e = challenge("scrutin/v2/mix-challenge", self.statement, list(zip(self.C, self.L, self.F)), self.E)


def check_mix(ceremony, region, batch, mix, mixer, inputs, outputs, proof):
    hold(len(inputs) == len(outputs), "as many go out as came in")
    p = MixProof(ceremony, region, batch, mix, mixer, inputs, outputs, proof)
    first, *h = generators(len(inputs))
    A, B = zip(*map(pair_of, inputs))
    A_out, B_out = zip(*map(pair_of, outputs))
    s1, s2, s3, s4 = p.s
    E1, E2, E3, EA, EB = p.E
    product = 1
    for u in p.u:
        product = product * u % ORDER

    def equal(left, right, what):
        hold(left == right, f"region {region}, batch {batch}: {what}")

    equal(times_generator(s1), add(E1, times(p.e, subtract(add(*p.C), add(*h)))), "a row of the matrix sums to 1")
    equal(times_generator(s2), add(E2, times(p.e, subtract(p.L[-1], times(product, first)))), "product of the weights")
    equal(add(times_generator(s3), weighted(p.y, h)), add(E3, times(p.e, weighted(p.u, p.C))), "the same matrix")
    equal(subtract(weighted(p.y, A_out), times_generator(s4)), add(EA, times(p.e, weighted(p.u, A))), "ballots, A")
    equal(subtract(weighted(p.y, B_out), times(s4, ceremony.Y)), add(EB, times(p.e, weighted(p.u, B))), "ballots, B")
    for i, before in enumerate([first, *p.L[:-1]]):
        left = add(times_generator(p.x[i]), times(p.y[i], before))
        equal(left, add(p.F[i], times(p.e, p.L[i])), f"the chain at {i + 1}")


# Opening


class Opening:
    """An opening read, and the hashes that it leads to."""

    def __init__(self, ceremony, region, batch, trustee, inputs, data):
        *D, V1, V2, v = slices(data, *[32] * (len(inputs) + 3))
        self.D = [read_element(element) for element in D]
        self.V = read_element(V1), read_element(V2)
        self.v = read_scalar(v)
        self.statement = H(
            "scrutin/v2/opening",
            ceremony.digest,
            ceremony.Y,
            ceremony.election_id,
            region,
            u32(batch),
            u32(trustee.number),
            trustee.name,
            trustee.K,
            inputs,
            self.D,
        )
        self.d = [challenge("scrutin/v2/opening-weight", self.statement, u32(i)) for i in range(len(inputs))]
        self.o = challenge("scrutin/v2/opening-challenge", self.statement, *self.V)


def check_opening(ceremony, region, batch, trustee, inputs, data):
    """The elements D that the trustee gives."""
    opening = Opening(ceremony, region, batch, trustee, inputs, data)
    A = [read_element(pair_of(encrypted)[0]) for encrypted in inputs]
    where = f"region {region}, batch {batch}"
    left = add(times_generator(opening.v), times(opening.o, trustee.K))
    hold(left == opening.V[0], f"{where}: not the share of the verifying key")
    sums = weighted(opening.d, A), weighted(opening.d, opening.D)
    left = add(times(opening.v, sums[0]), times(opening.o, sums[1]))
    hold(left == opening.V[1], f"{where}: an opening is false")
    return opening.D


def combine(inputs, openings):
    """Of D by trustee: the elements M."""
    numbers = list(openings)
    factors = [lagrange(number, numbers) for number in numbers]
    B = [pair_of(encrypted)[1] for encrypted in inputs]
    return [subtract(B[i], weighted(factors, [openings[number][i] for number in numbers])) for i in range(len(inputs))]
