"""From a timeline to a list: which moments are told, to whom, and when."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, partial

from nspl_sim.exercise.course.happened import Casualties
from nspl_sim.exercise.course.people import cards
from nspl_sim.exercise.course.timeline import Timeline
from nspl_sim.exercise.listing.hand import signed
from nspl_sim.exercise.listing.inject import Inject
from nspl_sim.exercise.listing.later import later
from nspl_sim.exercise.listing.pacing import NOTHING, Candidate, Told, paced
from nspl_sim.exercise.listing.writing import Writer
from nspl_sim.exercise.triggers import REGISTRY, Moment, Trigger
from nspl_sim.vocabulary.care import NEVER

Missed = defaultdict[str, defaultdict[str, list[int]]]
"""By trigger and reason, the seconds of moments that are not told."""


@dataclass(frozen=True)
class Plan:
    """What was planned: the list, and what was left out and why."""

    injects: tuple[Inject, ...]
    """In order of time in the room; contingency injects follow what they belong to."""
    left_out: Counter[str]
    """How many moments were left out, by reason."""
    missed: Mapping[str, Mapping[str, tuple[int, ...]]] = field(default_factory=dict, compare=False)
    """By trigger and reason, the seconds of the moments that are not in the list."""
    later: Mapping[str, Callable[[int], Inject | None]] = field(default_factory=dict, compare=False)
    """By number, the same counted and worded anew at another second; None where it is not so then."""


@dataclass(frozen=True, eq=False)
class Planner(Writer):
    """A writer who also chooses which moments are told, and when."""

    def planned(self, told: Told = NOTHING) -> Plan:
        """Return the list: limits kept, the weightiest first; what has been *told* stays."""
        left_out: Counter[str] = Counter()
        missed: Missed = defaultdict(lambda: defaultdict(list))
        every = list(self._told(left_out, missed))
        chosen = paced(every, self.roles.limits, self.clock, left_out, told)
        kept = {one.inject_id for one in chosen}
        for one in (candidate.inject for candidate in every):
            if one.inject_id not in kept:
                missed[one.code]["limits"].append(one.time_s)
        later = {one.inject.inject_id: one.later for one in every}
        rows = [row for one in chosen for row in ((one, one.reserve) if one.reserve else (one,))]
        why = {code: {reason: tuple(s) for reason, s in found.items()} for code, found in missed.items()}
        return Plan(tuple(signed(row) for row in rows), left_out, why, later)

    @cached_property
    def _briefed(self) -> Timeline:
        """Return the course with what the clock knows: when the staffs brief, and the numbers of cards."""
        times = (datetime.strptime(one, "%H:%M").time() for one in self.roles.briefings)
        briefings = tuple(sorted(t for one in times for t in self.clock.daily(one)))
        return replace(self.line, briefings=briefings, cards=cards(self.events, self.line.course.demand))

    @cached_property
    def events(self) -> tuple[Casualties, ...]:
        """Return the events that hurt many and happen while the exercise is played, in order of time."""
        return tuple(one for one in self.line.casualties if self.clock.day_of(one.onset_s) >= 0)

    # ------------------------------------------------------------ which

    def _told(self, left_out: Counter[str], missed: Missed) -> Iterator[Candidate]:
        """Yield every inject that has a time and a receiver, numbered by trigger and region.

        What has none is counted by reason in *left_out*, and its second noted in *missed*.
        """
        for code in sorted(REGISTRY):
            trigger = REGISTRY[code]
            if code in self.roles.without:
                continue
            ordinal: Counter[int] = Counter()
            moments = list(trigger.moments(self._briefed, self.roles))
            for moment in sorted(moments, key=lambda m: (m.time_s, m.region, m.facts[0].value)):
                wall, receivers = self.clock.wall(moment.time_s), self._receivers(moment.region)
                is_played = wall is not None and wall < self.clock.evening(self.clock.days - 1)
                if not (is_played and receivers):
                    reason = "not played" if receivers else "no receiver"
                    missed[code][reason].append(moment.time_s)
                if not is_played:
                    left_out["not played"] += 1
                    continue
                ordinal[moment.region] += 1
                if not receivers:
                    left_out["no receiver"] += 1
                newer = (m.time_s for m in moments if m.region == moment.region and m.time_s > moment.time_s)
                until_s = min(newer, default=NEVER)
                for key in receivers:
                    n = ordinal[moment.region]
                    again = partial(self._later, trigger, moment, n, key)
                    yield Candidate(self.worded(trigger, moment, n, key), again, until_s)

    def _later(self, trigger: Trigger, moment: Moment, ordinal: int, key: str, time_s: int) -> Inject | None:
        """Return the inject of *moment* counted anew at a later second; None where it is not so."""
        found = later(trigger.code, self._briefed, self.roles, moment, time_s)
        return self.worded(trigger, found, ordinal, key) if found else None

    def _receivers(self, region: int) -> list[str]:
        """Return the keys of the players who get what concerns *region*."""
        wanted = self.scenario.region_keys[region] if region >= 0 else None
        return sorted(key for key, one in self.players.items() if one.region == wanted)[:1]
