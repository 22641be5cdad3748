"""Writes numpy-edges.json: python3 numpyEdges.py (numpy 1.24; any later one gives the same). Sequences of calls on one
generator, with hard seeds and bounds; of the long ones, the MD5 of the little-endian bytes."""

import hashlib
import json
import os
import random

import numpy as np
from numpy.random import MT19937, PCG64, Generator, SeedSequence

random.seed(20)
SEEDS = [0, 1, 2**31, 2**32 - 1, 2**32, 2**53, 2**64 - 1, 2**64, 2**127, 2**128 + 1, 2**130 + 7, 2**200 + 3, [], [0], [1, 2, 3], [2**32, 5], [1, 2, 3, 4, 5, 6, 7], [2**70, 0, 3]]
BOUNDS = [(7, 8), (0, 10), (-5, 5), (0, 2**32 - 1), (0, 2**32), (-5, 2**32 - 4), (0, 3 * 2**30), (0, 2**53 - 1), (1 - 2**53, 2**53 - 1), (-(2**51) - 3, 2**51)]
BIG_BOUNDS = [(5, 6), (-(2**63), 2**63), (0, 2**64), (0, 2**63), (-3, 2**32 - 3), (2**63 - 10, 2**63), (2**63, 2**63 + 3 * 2**61), (-(2**62) - 1, 2**62)]
CHOICES = [(1, 1), (10, 10), (50, 7), (10000, 201), (10001, 200), (10001, 201), (20000, 401), (2**31, 5), (2**32, 5), (2**32 + 1, 5), (2**40, 6), (2**53 - 1, 4)]


def floats(values):
    return [float(x) for x in values]


def texts(values):
    return [str(x) for x in values]


def call(g, n):
    kind = random.randrange(9)
    one = random.random() < 0.3
    if kind < 3:
        method = ["random", "normal", "exponential"][kind]
        draw = [g.random, g.standard_normal, g.standard_exponential][kind]
        return [method, [], floats([draw()])] if one else [method, [n], floats(draw(n))]
    if kind < 5:
        low, high = random.choice(BOUNDS)
        return ["integers", [low, high], texts([g.integers(low, high)])] if one else ["integers", [low, high, n], texts(g.integers(low, high, n))]
    if kind < 7:
        low, high = random.choice(BIG_BOUNDS)
        values = g.integers(low, high, None if one else n, dtype=np.uint64 if high > 2**63 else np.int64)
        return ["bigints", [str(low), str(high)] + ([] if one else [n]), texts([values] if one else values)]
    if kind == 7:
        return ["permutation", [n], texts(g.permutation(n))]
    population, size = random.choice(CHOICES)
    replace = random.random() < 0.3
    values = g.choice(population, size, replace=replace)
    return ["choice", [population, size, replace], texts(values[:12])]


def sequences():
    for number in range(72):
        seed = SEEDS[number % len(SEEDS)]
        sequence = SeedSequence(seed)
        key = [random.randrange(3) for _ in range(random.choice([0, 0, 1, 2]))]
        for k in key:
            sequence = sequence.spawn(k + 1)[k]
        name = ["PCG64", "MT19937"][number // len(SEEDS) % 2]
        g = Generator({"PCG64": PCG64, "MT19937": MT19937}[name](sequence))
        calls = []
        for _ in range(8):
            calls.append(call(g, random.randrange(9)))
            if random.random() < 0.15:
                k = random.randrange(3)
                g = Generator(g.bit_generator.jumped(k))
                calls.append(["jumped", [k], []])
        yield {
            "generator": name,
            "entropy": texts(seed) if isinstance(seed, list) else str(seed),
            "spawnKey": key,
            "words32": texts(sequence.generate_state(5)),
            "words64": texts(sequence.generate_state(3, np.uint64)),
            "calls": calls,
        }


def long():
    for name, kind in (("PCG64", PCG64), ("MT19937", MT19937)):
        for method in ("random", "standard_normal", "standard_exponential"):
            values = getattr(Generator(kind(5)), method)(1_000_001)
            yield {"generator": name, "seed": 5, "n": 1_000_001, "method": method.replace("standard_", ""), "md5": hashlib.md5(values.tobytes()).hexdigest()}


path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "numpy-edges.json")
with open(path, "w") as file:
    rows = ",\n".join(json.dumps(row) for row in sequences())
    more = ",\n".join(json.dumps(row) for row in long())
    file.write(f'{{"source": "numpyEdges.py, numpy {np.__version__}",\n"sequences": [\n{rows}\n],\n"long": [\n{more}\n]}}\n')
