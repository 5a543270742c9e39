"""What to expect of the next two days: the course up to now, then what other replications bring.

Every branch of the fan has the patients of this course who have fallen ill or been hurt by the present
second, those too who are yet to arrive; so it is this course up to there. Who falls ill later is another
replication's. Disruptions stay as they are in this course.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

import numpy as np

from nspl_sim.demand.sample import sample
from nspl_sim.exercise.play.session import Session, Setup
from nspl_sim.experiment.foresight import happened
from nspl_sim.measures.course import ICU, Course
from nspl_sim.policies.besides import Besides
from nspl_sim.policies.decision import Decision
from nspl_sim.vocabulary.clock import DAY, HOUR, days
from nspl_sim.vocabulary.patients import Demand, Ints

BEFORE_S, AHEAD_S = DAY, 2 * DAY
MOST_PANELS = 12


def spliced(own: Demand, other: Demand, now_s: int) -> Demand:
    """Return those of *own* whose need began by *now_s*, and those of *other* whose need began later.

    In order of (arrival, stream, origin, number), as in every table of patients: the rows of those who have
    arrived by *now_s* are the very same.
    """
    mine, theirs = _begins_s(own) <= now_s, _begins_s(other) > now_s
    both = {
        name: np.concatenate((column[mine], getattr(other, name)[theirs])) for name, column in _columns(own)
    }
    order = np.lexsort((both["number"], both["origin"], both["stream"], both["arrival_s"]))
    ordered: dict[str, Any] = {name: column[order] for name, column in both.items()}
    return replace(own, **ordered)


def only(demand: Demand, from_s: int, to_s: int) -> Demand:
    """Return those whose need begins from *from_s* on and who arrive before *to_s*."""
    there = (_begins_s(demand) >= from_s) & (demand.arrival_s < to_s)
    kept: dict[str, Any] = {name: column[there] for name, column in _columns(demand)}
    return replace(demand, **kept)


def _begins_s(demand: Demand) -> Ints:
    """Return when each patient's need began, never after they arrive. Shape (patients,)."""
    return np.asarray(np.minimum(demand.onset_s, demand.arrival_s))


def _columns(demand: Demand) -> list[tuple[str, Any]]:
    """Return the columns of the table, by name."""
    every = ((f.name, getattr(demand, f.name)) for f in fields(demand))
    return [(name, value) for name, value in every if isinstance(value, np.ndarray)]


@dataclass(frozen=True, eq=False)
class Panel:
    """The nation, or one region: people who need intensive care, in beds or not, and beds, hour by hour."""

    region: int
    """-1: the nation."""
    own: Ints
    """In this course, shape (times,); also after now, which only exercise control may know."""
    staffed: Ints
    """Beds in this course, shape (times,)."""
    others: Ints
    """In each branch, shape (branches, times from now on)."""

    @property
    def low(self) -> Ints:
        """Return the lowest of the branches, shape (times from now on,)."""
        return np.asarray(self.others.min(axis=0))

    @property
    def high(self) -> Ints:
        """Return the highest of the branches."""
        return np.asarray(self.others.max(axis=0))

    @property
    def middle(self) -> Ints:
        """Return the middle branch, or the lower of two: a number of people that there is."""
        return np.asarray(np.sort(self.others, axis=0)[(len(self.others) - 1) // 2])


@dataclass(frozen=True, eq=False)
class Fan:
    """What to expect, in a panel for the nation and one for each region shown."""

    times_s: Ints
    """Each hour from a day before now to two days after it, as far as the scenario goes."""
    now: int
    """Place of the present hour among them."""
    branches: int
    panels: tuple[Panel, ...]
    left_out: int = 0
    """How many regions that play have no panel."""


@dataclass
class Futures:
    """Draws what may come; each other replication once in a session."""

    setup: Setup
    branches: int
    _drawn: dict[int, Demand] = field(default_factory=dict)

    def fan(self, session: Session) -> Fan | None:
        """Return the fan at the present second; None without branches or without intensive care."""
        line, now_s = session.course.line, session.now_s
        if self.branches <= 0 or line.icu < 0:
            return None
        end_s = min(days(self.setup.scenario.horizon_days), now_s + AHEAD_S)
        first_s = max(line.first_s, now_s - BEFORE_S)
        before = np.arange(now_s, first_s - 1, -HOUR)[::-1]
        times = np.concatenate((before, np.arange(now_s + HOUR, end_s + 1, HOUR)))
        now = len(before) - 1
        own = line.course
        mine, staffed = _needed(own, times), own.of_kind(own.beds, ICU).at(times)
        ahead = times[now:]
        branches = list(self._branches(now_s, end_s + 1, session.state.decisions))
        others = np.stack([_needed(one, ahead) for one in branches])
        shown, left_out = self._shown(session, mine[:, now], staffed[:, now])
        panels = [Panel(-1, mine.sum(axis=0), staffed.sum(axis=0), others.sum(axis=1))]
        panels += [Panel(r, mine[r], staffed[r], others[:, r]) for r in shown]
        return Fan(times, now, len(branches), tuple(panels), left_out)

    def _branches(self, now_s: int, until_s: int, decisions: Sequence[Decision]) -> Iterator[Course]:
        """Yield the course of each branch up to *until_s*."""
        setup = self.setup
        numbers = [k for k in range(self.branches + 1) if k != setup.replication][: self.branches]
        last_s = setup.clock.to_s + AHEAD_S + HOUR
        for number in numbers:
            if number not in self._drawn:
                drawn = sample(setup.scenario, number)
                self._drawn[number] = only(drawn, setup.clock.from_s, last_s)
            demand = spliced(setup.demand, self._drawn[number], now_s)
            besides = Besides(decisions=decisions, until_s=until_s)
            journal = happened(setup.scenario, setup.plan, demand, setup.engine, **besides)
            yield Course(setup.scenario, demand, journal, setup.plan)

    def _shown(self, session: Session, needed: Ints, staffed: Ints) -> tuple[list[int], int]:
        """Return the regions that play, of too many the hardest pressed, and how many are left out."""
        line, material = session.course.line, session.course
        played = {material.number(one.region) for one in material.players.values() if one.region}
        able = [r for r in line.regions if r in played and line.has(r, line.icu)]
        by_load = sorted(able, key=lambda r: (-int(needed[r]) / max(int(staffed[r]), 1), r))
        shown = by_load[: MOST_PANELS - 1]
        return sorted(shown, key=material.words.short), len(by_load) - len(shown)


def _needed(course: Course, times_s: Ints) -> Ints:
    """Return those in intensive care, on the way to it and in line for it, by region.

    Shape (regions, times).
    """
    levels = (course.occupied, course.inbound, course.waiting)
    return np.asarray(sum(course.of_kind(steps, ICU).at(times_s) for steps in levels))
