"""What stands in a situation's tables at a second: beds by region and kind, vehicles at their bases."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nspl_sim.exercise.course.fleet import Fleet
from nspl_sim.exercise.course.levels import Levels
from nspl_sim.exercise.course.words import brief
from nspl_sim.exercise.listing.material import Material
from nspl_sim.exercise.printing.pages import Table
from nspl_sim.measures import capacity
from nspl_sim.measures.course import WARD
from nspl_sim.paper import numbers
from nspl_sim.paper.naming import kind_name
from nspl_sim.scenario.streams import PlannedStream, PoissonStream
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.clock import DAY
from nspl_sim.vocabulary.text import text

EVERYDAY = (PoissonStream, PlannedStream)
"""Streams that no crisis makes."""


@dataclass(frozen=True, eq=False)
class Situation:
    """Tables of the true state."""

    material: Material

    # ------------------------------------------------------------ intensive care of all

    def intensive_care(self, time_s: int, hidden: frozenset[str] = frozenset()) -> Table:
        """Return a row a region in the shape of the Swedish registry's report, and its sum.

        1 beds that can be staffed within two hours, 2 of them not occupied, 3 patients of the crisis,
        4 free and staffed; then all patients and those in line. *hidden* have not reported.
        """
        say, line = self.material.say, self.material.line
        head = [text("Region"), text("1 Beds that can be staffed"), text("2 Not occupied, in all")]
        head += [text("3 Patients of the crisis"), text("4 Free and staffed"), text("Patients in all")]
        head += [text("In line")]
        rows, at = [], np.array([time_s])
        whole, crisis = np.zeros(len(head) - 1, dtype=np.int64), self._of_the_crisis(time_s)
        for region in self.able:
            name = self.material.words.short(region)
            if line.course.regions[region] in hidden:
                rows.append([name, say(text("no report")), *[""] * (len(head) - 2)])
                continue
            levels = (line.free, line.occupied, line.waiting)
            free, occupied, waiting = (int(level(region, line.icu, at)[0]) for level in levels)
            beds = line.staffed_soon(region, line.icu, time_s)
            cells = [beds, beds - occupied, crisis[region], free, occupied, waiting]
            whole += cells
            rows.append([name, *map(str, cells)])
        rows.append([say(text("Sum of those that have reported")), *map(str, whole.tolist())])
        return Table([say(h) for h in head], rows)

    def regional(self, time_s: int, hidden: frozenset[str], by_players: frozenset[str]) -> Table:
        """Return a row a region: ward beds, those who are ready for discharge, support asked for.

        *hidden* have not reported; of *by_players* the players report themselves.
        """
        say, line = self.material.say, self.material.line
        ward = line.course.kind_number(WARD)
        head = [text("Region"), text("Ward beds"), text("Occupied"), text("Promised"), text("Free")]
        head += [text("In line")]
        head += [text("Ready for discharge")] if self._discharges else []
        head += [text("In intensive care elsewhere"), text("Patients with support asked for, last day")]
        rows, at = [], np.array([time_s])
        for region in sorted(line.regions, key=self.material.words.short):
            key, name = line.course.regions[region], self.material.words.short(region)
            if key in hidden or key in by_players:
                why = text("no report") if key in hidden else text("reported by the players")
                rows.append([name, say(why), *[""] * (len(head) - 2)])
                continue
            levels = (line.staffed, line.occupied, line.promised, line.free, line.waiting)
            beds = (
                [str(int(level(region, ward, at)[0])) for level in levels] if line.has(region, ward) else []
            )
            facts = [line.away(region, line.icu, time_s), line.asked(region, time_s - DAY, time_s)]
            facts = [line.ready(region, time_s), *facts] if self._discharges else facts
            beds = beds or [numbers.MISSING] * len(levels)
            rows.append([name, *beds, *(str(fact.value) for fact in facts)])
        return Table([say(h) for h in head], rows)

    @cached_property
    def _discharges(self) -> bool:
        """Whether anybody in the course is ready for discharge and keeps a bed."""
        return len(self.material.line.course.journal.where(Event.READY)) > 0

    @cached_property
    def able(self) -> list[int]:
        """Return the regions with intensive care, in the order of their names."""
        line, words = self.material.line, self.material.words
        return sorted((r for r in line.regions if line.has(r, line.icu)), key=words.short)

    def _of_the_crisis(self, time_s: int) -> list[int]:
        course, line = self.material.line.course, self.material.line
        streams = [
            number
            for number, key in enumerate(course.demand.streams)
            if not isinstance(course.scenario.streams[key], EVERYDAY)
        ]
        stays = course.stays
        lying = (stays.from_s <= time_s) & (stays.to_s > time_s) & (stays.kind == line.icu)
        lying &= np.isin(course.demand.stream[stays.patient], streams)
        found: list[int] = np.bincount(stays.region[lying], minlength=len(course.regions)).tolist()
        return found

    # ------------------------------------------------------------ one region

    def of_region(self, region: int, time_s: int) -> Table:
        """Return a row a kind of unit of *region*; a column for overcrowding where any unit has it."""
        say, line, at = self.material.say, self.material.line, np.array([time_s])
        head = [text("Beds"), text("Staffed"), text("Occupied"), text("Promised"), text("Free")]
        head += [text("In line")]
        rows, beyond = [], []
        for kind, key in enumerate(line.course.kinds):
            if line.has(region, kind):
                levels = (line.staffed, line.occupied, line.promised, line.free, line.waiting)
                cells = [int(level(region, kind, at)[0]) for level in levels]
                beyond.append(max(0, cells[1] - cells[0]))
                name = kind_name(key, self.material.language)
                rows.append([name[:1].upper() + name[1:], *map(str, cells)])
        if any(beyond):
            head.append(text("Beyond the staffed"))
            rows = [[*row, str(n)] for row, n in zip(rows, beyond, strict=True)]
        return Table([say(h) for h in head], rows)

    def crowded(self, region: int, time_s: int) -> list[str]:
        """Return why more patients lie in beds than are staffed, where they do."""
        line, at = self.material.line, np.array([time_s])
        kinds = [kind for kind in range(len(line.course.kinds)) if line.has(region, kind)]
        if all(line.occupied(region, k, at)[0] <= line.staffed(region, k, at)[0] for k in kinds):
            return []
        told = text(
            "More are in beds than are staffed: nobody is sent away when beds are lost or their staff leave. "
            "Nobody new gets a bed there until as many have left."
        )
        return [self.material.say(told)]

    def made_of(self, region: int, time_s: int) -> list[Table]:
        """Return how the staffed beds of *region*, in intensive care and in wards, come about.

        The last row is what the joint office is told: with those that can be staffed within two hours.
        """
        say, line = self.material.say, self.material.line
        kinds = [k for k in (line.icu, line.course.kind_number(WARD)) if line.has(region, k)]
        if not kinds:
            return []
        made = [self._parts(region, kind, time_s) for kind in kinds]
        names = (
            text("Ordinary"),
            text("Lost or lent by events and decisions"),
            text("Extra beds that are open"),
            text("Staff of teams on transfers"),
        )
        rows = [[say(names[0]), *(str(parts[0]) for parts in made)]]
        for place in range(1, len(names)):
            if any(parts[place] for parts in made):
                rows.append([say(names[place]), *(_signed(parts[place]) for parts in made)])
        rows.append([say(text("Staffed now")), *(str(sum(parts)) for parts in made)])
        soon = [
            str(line.staffed_soon(region, k, time_s)) if k == line.icu else numbers.MISSING for k in kinds
        ]
        rows.append([say(text("Can be staffed within two hours: this is what is reported")), *soon])
        units = [kind_name(line.course.kinds[k], self.material.language) for k in kinds]
        return [Table([say(text("How beds come about")), *(u[:1].upper() + u[1:] for u in units)], rows)]

    def _parts(self, region: int, kind: int, time_s: int) -> tuple[int, int, int, int]:
        """Return what the staffed beds of a unit are the sum of."""
        line, at = self.material.line, np.array([time_s])
        normal, unit = int(line.course.base_beds[region, kind]), line.unit(region, kind)
        changed, extra = (int(levels.at(unit, at)[0]) for levels in (self._changed, self._surge))
        now = int(line.staffed(region, kind, at)[0])
        return normal, changed - normal, extra, now - changed - extra

    @cached_property
    def _changed(self) -> Levels:
        course, line = self.material.line.course, self.material.line
        steps = capacity.changed(course.demand, course.journal, course.base_beds)
        return Levels(steps, line.first_s, line.to_s + DAY)

    @cached_property
    def _surge(self) -> Levels:
        course, line = self.material.line.course, self.material.line
        steps = capacity.surge(course.scenario, course.demand, course.journal)
        return Levels(steps, line.first_s, line.to_s + DAY)

    def other_figures(self, region: int, time_s: int) -> list[Table]:
        """Return what a region knows of itself beside its beds, and its vehicles at base."""
        say, line = self.material.say, self.material.line
        rows = []
        if self._discharges:
            rows.append([say(text("Ready for discharge")), str(line.ready(region, time_s).value)])
        if line.has(region, line.icu):
            away, asked = line.away(region, line.icu, time_s), line.asked(region, time_s - DAY, time_s)
            rows.append([say(text("In intensive care elsewhere")), str(away.value)])
            rows.append([say(text("Patients with support asked for, last day")), str(asked.value)])
        put_off = line.postponed(region, time_s - DAY, time_s)
        rows.append([say(text("Planned admissions postponed, last day")), str(put_off.value)])
        found = [Table([say(text("Other figures")), say(text("Number"))], rows)]
        return found + self.parked(region, time_s)

    # ------------------------------------------------------------ transport

    def parked(self, region: int, time_s: int) -> list[Table]:
        """Return a table of the vehicles at their base in *region*; none where there is none."""
        say, there = self.material.say, self.vehicles(region, time_s)
        rows = [[name, str(n)] for name, n in zip(self.modes, there, strict=True) if n]
        there_too = self.teams(region, time_s)
        if there_too is not None:
            rows.append([say(text("Transfer teams of intensive care")), str(there_too)])
        heading = text("For transfers between hospitals: at base")
        return [Table([say(heading), say(text("Number"))], rows)] if rows else []

    def teams(self, region: int, time_s: int) -> int | None:
        """Return the transfer teams of intensive care at home in *region*; None where it never has any."""
        return self._fleet.teams(region, time_s)

    @cached_property
    def _fleet(self) -> Fleet:
        return Fleet(self.material.line)

    @cached_property
    def modes(self) -> list[str]:
        """Return the titles of the modes in the order of their numbers, as short as columns have room for."""
        modes = self.material.scenario.transport.modes
        return [brief(self.material.say(modes[key].title or key)) for key in sorted(modes)]

    @cached_property
    def nowhere(self) -> list[int]:
        """Return the numbers of the modes of which no region with intensive care ever has a vehicle."""
        line, never = self.material.line, []
        for mode in range(len(self.modes)):
            units = (mode * len(line.regions) + region for region in self.able)
            if not any(self._fleet.parked.at(unit, line.quarters).any() for unit in units):
                never.append(mode)
        return never

    def vehicles(self, region: int, time_s: int) -> list[int]:
        """Return the vehicles at their base in *region*, by mode."""
        return self._fleet.vehicles(region, time_s)


def _signed(n: int) -> str:
    return f"{n:+}".replace("-", numbers.MINUS) if n else "0"
