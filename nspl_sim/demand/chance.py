"""The only maker of generators: one keyed stream of uniforms for each purpose.

Numbers are keyed by (seed, replication, stream, region, purpose) and by nothing else, so that a
new stream, region or purpose moves no other number (L'Ecuyer, Simard, Chen and Kelton 2002 on
streams; ``spawn_key`` as in NumPy's SeedSequence). Every word of the key has a fixed length:
``SeedSequence([1, 2])`` equals ``SeedSequence([1, 2, 0])``.
"""

import hashlib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from nspl_sim.vocabulary.patients import Floats

_SMALLEST = 2.0**-54


@lru_cache(maxsize=4096)
def _words(name: str) -> tuple[int, int]:
    """Return two 32-bit words that stand for *name*, the same in every process."""
    digest = hashlib.blake2b(name.encode(), digest_size=8).digest()
    return int.from_bytes(digest[:4], "little"), int.from_bytes(digest[4:], "little")


@dataclass(frozen=True)
class Chance:
    """All the luck of one replication."""

    seed: int
    replication: int

    def uniforms(self, count: int, stream: str, region: str, purpose: str) -> Floats:
        """Return *count* uniforms in (0, 1); a longer draw begins with the shorter one."""
        key = (self.replication, *_words(stream), *_words(region), *_words(purpose))
        sequence = np.random.SeedSequence(self.seed, spawn_key=key)
        drawn = np.random.Generator(np.random.PCG64(sequence)).random(count)
        return np.maximum(drawn, _SMALLEST)
