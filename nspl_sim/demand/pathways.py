"""Who the arrivals are: class and pathway by one uniform, then everything that follows from them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from nspl_sim.scenario.classes import Pathway, PatientClass
from nspl_sim.scenario.streams import EpidemicStream, Stream
from nspl_sim.vocabulary.patients import Floats, Ints

INTENSIVE = "icu"
"""The unit kind whose share ``icu_factor`` multiplies."""


@dataclass(frozen=True)
class Course:
    """A class and one of its pathways, with its probability in a stream."""

    klass: str
    spec: PatientClass
    pathway: Pathway
    share: float

    @property
    def is_intensive(self) -> bool:
        """Return whether the pathway holds intensive care."""
        return any(stage.kind == INTENSIVE for stage in self.pathway.stages)


def courses(shares: Mapping[str, float], classes: Mapping[str, PatientClass]) -> list[Course]:
    """Return every (class, pathway) of a stream, classes in alphabetical order."""
    return [
        Course(key, classes[key], pathway, shares[key] * pathway.share)
        for key in sorted(shares)
        for pathway in classes[key].pathways
    ]


def with_factor(found: list[Course], icu_factor: float) -> Floats:
    """Return the share of each course, the intensive ones *icu_factor* times as common.

    Joint shares of courses with intensive care are multiplied; the others are scaled so that the
    whole stays 1. A factor that would make them more than everybody makes them everybody.
    """
    share = np.array([c.share for c in found])
    intensive = np.array([c.is_intensive for c in found])
    before = share[intensive].sum()
    after = min(before * icu_factor, 1.0)
    if 0 < before < 1:
        share = np.where(intensive, share * (after / before), share * ((1 - after) / (1 - before)))
    return share


def factor_of(stream: Stream, region: str, found: list[Course]) -> float:
    """Return what multiplies the intensive courses of *stream* in *region*: a factor, or a share to reach."""
    if isinstance(stream, EpidemicStream) and stream.icu_share is not None:
        before = sum(c.share for c in found if c.is_intensive)
        return stream.icu_share / before if before else 1.0
    factors: dict[str, float] = getattr(stream, "icu_factor", {})
    return factors.get(region, 1.0)


def chosen(share: Floats, u: Floats) -> Ints:
    """Return, for each *u*, the number of the item whose *share* it falls in."""
    reached = np.cumsum(share)
    found: Ints = np.searchsorted(reached, u * reached[-1])
    return np.minimum(found, len(share) - 1, dtype=np.int64)
