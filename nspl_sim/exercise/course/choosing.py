"""Which replication an exercise is to follow: those that fit its aims, and how unusual each is.

One timeline is always one replication, never the mean of many: it is chosen here, openly, by a
condition on its measures, by its nearness to a quantile of one of them, or by both.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nspl_sim.experiment.batch import Batch
from nspl_sim.experiment.design import Design
from nspl_sim.experiment.duck import quoted
from nspl_sim.experiment.store import Store
from nspl_sim.experiment.views import BadQuery, asked
from nspl_sim.measures.registry import HEADLINE
from nspl_sim.reading.showing import nearest
from nspl_sim.vocabulary.errors import EXIT_USAGE, NsplError
from nspl_sim.vocabulary.text import Text, text

_SHOWN = 4
"""So many measures of the main table are shown where neither a condition nor a measure names any."""
_NAME = re.compile(r"""(?P<quoted>"[^"]*"|'[^']*')|[A-Za-z_]\w*(?:[.@][A-Za-z_]\w*)*""")
"""A name, of a measure or of SQL's own; or something in quotes."""
_MISSING = re.compile(r'Referenced column "([^"]+)" (?:not found|was not found)')
_QUANTILE = re.compile(r"(median|p([1-9]\d?))")


class BadChoice(NsplError):
    """A way to choose that cannot be followed."""

    exit_code = EXIT_USAGE


@dataclass(frozen=True)
class Near:
    """A quantile of a measure that the course is to lie near."""

    share: float
    measure: str

    @classmethod
    def of(cls, written: str, known: Sequence[str]) -> "Near":
        """Return what ``median:deaths_all`` or ``p90:deaths_all`` asks for."""
        quantile, _, measure = written.partition(":")
        found = _QUANTILE.fullmatch(quantile)
        if not found:
            raise BadChoice(text("{asked}: write median:MEASURE, or p90:MEASURE", asked=written))
        if measure not in known:
            raise BadChoice(_unknown(measure, known))
        return cls(0.5 if found[1] == "median" else int(found[2]) / 100, measure)


@dataclass(frozen=True)
class Candidate:
    """A replication that fits, with its value of each measure shown and where that lies among all."""

    replication: int
    values: tuple[float, ...]
    places: tuple[int, ...]
    """How many replications have this value or a lower one; 0 where there is no value."""


@dataclass(frozen=True)
class Choice:
    """The replications that fit, those nearest what was asked for first."""

    measures: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    replications: int
    """Among so many they were sought."""


def courses(
    store: Store, design: Design, batch: Batch, point: int, where: str | None, near: str | None
) -> Choice:
    """Return the replications of design point *point* that fulfil *where*, those *near* a quantile first.

    *where* is a condition of SQL in which every measure is a column of its own name; one whose name
    holds a point may stand in double quotes. Raises ``BadChoice`` and ``BadQuery``.
    """
    where = with_quotes(where, batch.measures) if where else None
    aim = Near.of(near, batch.measures) if near else None
    named = [m for m in batch.measures if where and _names(where, m)]
    shown = list(dict.fromkeys([*([aim.measure] if aim else []), *named]))
    shown = shown or [m for m in HEADLINE if m in batch.measures][:_SHOWN]
    chosen = (
        _fulfilling(store, design, point, where, named, batch.measures) if where else list(batch.replications)
    )
    values = {m: batch.values(point, m) for m in shown}
    order = sorted(chosen)
    if aim:
        known = values[aim.measure]
        aimed = float(np.nanquantile(known, aim.share)) if np.isfinite(known).any() else 0.0
        off = dict(zip(batch.replications, np.abs(known - aimed).tolist(), strict=True))
        order = sorted((k for k in chosen if off[k] == off[k]), key=lambda k: (off[k], k))
    row = {k: i for i, k in enumerate(batch.replications)}
    found = [
        Candidate(
            k,
            tuple(float(values[m][row[k]]) for m in shown),
            tuple(int(np.count_nonzero(values[m] <= values[m][row[k]])) for m in shown),
        )
        for k in order
    ]
    return Choice(tuple(shown), tuple(found), len(batch.replications))


def _fulfilling(
    store: Store, design: Design, point: int, where: str, named: Sequence[str], known: Sequence[str]
) -> list[int]:
    """Return the replications for which *where* holds."""
    columns = "".join(
        f', max(value) FILTER (WHERE measure = {quoted(m)}) AS "{m}"' for m in named if '"' not in m
    )
    query = (
        f"SELECT replication FROM (SELECT replication{columns} FROM measures WHERE point = {point} "
        f"GROUP BY replication) WHERE ({where}\n) ORDER BY replication"
    )
    try:
        _, rows, _ = asked(store, design, query)
    except BadQuery as wrong:
        missing = _MISSING.search(str(wrong))
        if missing is None:
            raise
        raise BadChoice(_unknown(missing[1], known)) from None
    return [int(row[0]) for row in rows]


def with_quotes(where: str, known: Sequence[str]) -> str:
    """Return *where* with the names of measures that hold a point in double quotes: ``icu_full_hours.skane``.

    What stands in quotes already, of either sort, stays. Raises ``BadChoice`` for a name that is no measure.
    """

    def quoted_name(found: re.Match[str]) -> str:
        if found["quoted"] or "." not in found[0]:
            return found[0]
        if found[0] not in known:
            raise BadChoice(_unknown(found[0], known))
        return f'"{found[0]}"'

    return _NAME.sub(quoted_name, where)


def _names(where: str, measure: str) -> bool:
    """Return whether *where* speaks of *measure*, and not only of one whose name begins like it."""
    return re.search(rf"(?<![\w.]){re.escape(measure)}(?![\w.])", where) is not None


def _unknown(measure: str, known: Sequence[str]) -> Text:
    wrong = text("{measure} is not a measure of these results", measure=measure)
    meant = nearest(measure, known)
    return text('{wrong}; did you mean "{name}"?', wrong=wrong, name=meant) if meant else wrong
