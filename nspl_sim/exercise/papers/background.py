"""What players know when it begins: the leader's words, what has happened, what is going on.

All that is said is counted from the course up to that second; nothing tells what is still to come.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nspl_sim.exercise.course.closed import Closed, closed_by_day, closed_by_weather
from nspl_sim.exercise.course.counted import beds_of, counted
from nspl_sim.exercise.course.facts import Fact
from nspl_sim.exercise.course.happened import Casualties
from nspl_sim.exercise.course.words import Brief, in_one_language
from nspl_sim.exercise.listing import scenes
from nspl_sim.exercise.listing.material import Material
from nspl_sim.exercise.papers.situation import EVERYDAY
from nspl_sim.exercise.printing.pages import Table
from nspl_sim.scenario.streams import MassCasualtyStream, StrikesStream
from nspl_sim.vocabulary.care import LegalState
from nspl_sim.vocabulary.clock import DAY, HOUR, MINUTE, days
from nspl_sim.vocabulary.disruptions import What
from nspl_sim.vocabulary.patients import FIRST_PRESENT
from nspl_sim.vocabulary.text import Text, text

MOST_EVENTS, MOST_NAMED = 8, 6
"""Earlier events, and more regions, are only counted."""
ALARMED_S, COUNTED_S = 10 * MINUTE, HOUR
"""After an event: when its alarm is given, and when the number of injured is known."""
TOLD = (What.BEDS, What.TEAMS, What.REPORTS, What.PLANNED, What.DIVERTED, What.EVACUATION, What.OFFICE)
"""What of a disruption people know; that care is slower or less safe shows later."""

LEGAL = {
    LegalState.EXTRAORDINARY_EVENT: text("Extraordinary event"),
    LegalState.HEIGHTENED: text("Heightened alert"),
    LegalState.HIGHEST: text("Highest alert"),
}


@dataclass(frozen=True)
class Told:
    """One thing that is known: cells of a row, and the facts that it counts."""

    cells: tuple[str, ...]
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, eq=False)
class Background:
    """What is known at *time_s*."""

    material: Material
    time_s: int

    # ------------------------------------------------------------ in words

    def said(self) -> list[str]:
        """Return the leader's words to all; without any the scenario's, once they give nothing away."""
        material, code = self.material, self.material.language.code
        if material.roles.background:
            return [material.roles.background.in_language(code)]
        whole = (material.scenario.description or "").strip()
        lines = [line.strip() for line in whole.splitlines() if line.strip()]
        if not lines or self._is_more_to_come:
            return []
        return [lines[code != "sv"]] if len(lines) == 2 else [" ".join(lines)]

    @cached_property
    def _is_more_to_come(self) -> bool:
        """Whether a single event, a disruption or a closure of the scenario has yet to begin."""
        line, demand = self.material.line, self.material.line.course.demand
        single = (e for e in line.casualties if isinstance(self._stream(e.stream), MassCasualtyStream))
        begins = [e.onset_s for e in single] + [d.from_s for d in demand.disruptions]
        begins += [one.from_s for one in closed_by_day(self.material.scenario)]
        return any(second > self.time_s for second in begins)

    def of_region(self, region: int) -> list[str]:
        """Return a sentence for each disruption that hits *region*, and on its planned care."""
        fill = self.material.words.filled
        told = [
            text(
                "Going on here: {title} ({effects}).", title=self._title(number), effects=self._effects(rows)
            )
            for number, rows in self._disrupted(region)
        ]
        return [fill(one, {}) for one in (*told, *self._planned(region))]

    def _planned(self, region: int) -> list[Text]:
        was, put_off, comes = self.planned(region)
        if not self.material.line.course.demand.priority.any():
            return []
        if not was.value and not comes.value:
            return [text("No planned admissions were due in the last day, and none are in the next.")]
        late = text("{n} postponed", n=put_off.value) if put_off.value else text("none postponed")
        words = {"was": was.said("admissions"), "late": late, "comes": comes.said("admissions")}
        return [text("Due in the last day: {was}, {late}. Due in the next day: {comes}.", **words)]

    def planned(self, region: int) -> tuple[Fact, Fact, Fact]:
        """Return the planned admissions due in the last day, those postponed, those due in the next."""
        line, now_s = self.material.line, self.time_s
        return (
            line.planned("planned_due", region, now_s - DAY, now_s),
            line.postponed(region, now_s - DAY, now_s),
            line.planned("planned_due", region, now_s, now_s + DAY),
        )

    # ------------------------------------------------------------ in tables

    def tables(self) -> list[Table]:
        """Return what has happened and what is going on, each where there is anything."""
        say = self.material.say
        before = [text("When"), text("What has happened"), text("Where"), text("Injured or ill")]
        now = [text("What is going on"), text("Where"), text("What it means")]
        both = [(before, self.happened()), (now, self.going_on())]
        return [Table([say(h) for h in head], [one.cells for one in rows]) for head, rows in both if rows]

    def happened(self) -> list[Told]:
        """Return the events that hurt many, the patients of other crises, and closures that are over."""
        events = [e for e in self.material.line.casualties if e.onset_s + ALARMED_S < self.time_s]
        earlier, late = events[:-MOST_EVENTS], events[-MOST_EVENTS:]
        told = [(one.onset_s, self._event(one)) for one in late]
        found = sorted([*self._flows(), *self._opened(), *told], key=lambda pair: pair[0])
        return [*self._summed(earlier), *(one for _, one in found)]

    def _event(self, event: Casualties) -> Told:
        material, hurt = self.material, self.material.line.injured(event, self.time_s)
        known = self.time_s > event.onset_s + COUNTED_S
        number = str(hurt.value) if known else material.say(text("not known yet"))
        where, when = material.words.short(event.region), material.clock.said(event.onset_s)
        said = scenes.of(event, material).what
        what = said.in_language(material.language.code) if said else self._stream_title(event.stream)
        return Told((when, what, where, number), (hurt,) if known else ())

    def _summed(self, events: list[Casualties]) -> Iterator[Told]:
        if events:
            facts = tuple(self.material.line.injured(e, self.time_s) for e in events)
            what = text("{events} that hurt many", events=counted(len(events), "events"))
            say = self.material.say
            yield Told((say(text("earlier")), say(what), "", str(sum(f.value for f in facts))), facts)

    def _flows(self) -> Iterator[tuple[int, Told]]:
        """Yield the patients of every crisis who have come to hospitals so far."""
        line, demand = self.material.line, self.material.line.course.demand
        for number in range(len(demand.streams)):
            if isinstance(self._stream(number), (*EVERYDAY, MassCasualtyStream, StrikesStream)):
                continue
            mine = (demand.stream == number) & (demand.number < FIRST_PRESENT)
            arrived = demand.arrival_s[mine & (demand.arrival_s >= 0) & (demand.arrival_s < self.time_s)]
            if not len(arrived):
                continue
            whole = line.arrived((number,), -1, 0, self.time_s)
            each = [line.arrived((number,), region, 0, self.time_s) for region in line.regions]
            where = self._where([fact.region for fact in each if fact.value])
            first = int(arrived.min())
            since = self.material.say(text("since {when}", when=self.material.clock.said(first)))
            cells = (since, self._stream_title(number), where, str(whole.value))
            yield first, Told(cells, (whole,))

    def _opened(self) -> Iterator[tuple[int, Told]]:
        """Yield the closures by day that are over."""
        for one in closed_by_day(self.material.scenario):
            if one.to_s <= self.time_s and one.to_s > 0:
                clock = self.material.clock
                when = f"{clock.said(one.from_s)} – {clock.said(one.to_s)}"
                yield one.from_s, Told((when, self._closed(one), self._at(one), ""))

    def _legal(self) -> Iterator[Told]:
        """Yield the legal states in force, with the regions of each."""
        scenario, found = self.material.scenario, dict[tuple[int, LegalState], list[int]]()
        for number, key in enumerate(scenario.region_keys):
            here = [one for one in scenario.legal_state if one.regions is None or key in one.regions]
            changes = [(days(one.from_day), LegalState[one.state.upper()]) for one in here]
            found.setdefault(
                max((c for c in changes if c[0] <= self.time_s), default=(0, LegalState.NORMAL)), []
            ).append(number)
        for (since_s, state), regions in sorted(found.items()):
            if state != LegalState.NORMAL:
                since = text("since {when}", when=self.material.clock.said(since_s))
                say = self.material.say
                yield Told((say(LEGAL[state]), self._where(regions), say(since)))

    def going_on(self) -> list[Told]:
        """Return the legal state, the disruptions in force, and what is closed now."""
        say = self.material.say
        found = list(self._legal())
        for number, rows in self._disrupted(None):
            where = self._where(sorted({fact.region for fact in rows if fact.region >= 0}))
            cells = (self._title(number), where, self.material.words.filled(self._effects(rows), {}))
            found.append(Told(cells, tuple(rows)))
        for one in closed_by_day(self.material.scenario):
            if one.from_s <= self.time_s < one.to_s:
                since = say(text("since {when}", when=self.material.clock.said(one.from_s)))
                found.append(Told((self._closed(one), self._at(one), since)))
        for one in closed_by_weather(self.material.scenario, self.material.line.course.demand, self.time_s):
            found.append(Told((self._closed(one), self._at(one), say(text("because of the weather, now")))))
        return found

    # ------------------------------------------------------------ disruptions

    def _disrupted(self, region: int | None) -> Iterator[tuple[int, list[Fact]]]:
        """Yield the number of each disruption in force, and what it takes away; of *region* or of all."""
        line, found = self.material.line, dict[int, list[Fact]]()
        keys = sorted({(d.name, d.what, d.kind, d.region) for d in line.in_force(self.time_s)})
        for name, what, kind, where in keys:
            if what in TOLD and region in (None, where):
                found.setdefault(name, []).append(line.lacking(name, what, kind, where, self.time_s))
        yield from found.items()

    def _effects(self, facts: list[Fact]) -> Text:
        """Return what *facts* of a disruption mean together, as one sentence without its end."""
        kinds = self.material.line.course.kinds
        beds: dict[int, int] = {}
        other: dict[int, list[int]] = {}
        for fact in facts:
            what = fact.of_what[1]
            if what == What.BEDS:
                beds[fact.kind] = beds.get(fact.kind, 0) + fact.value
            else:
                other.setdefault(what, []).append(fact.value)
        lost: list[Text] = [beds_of(n, kinds[kind]) for kind, n in sorted(beds.items()) if n]
        teams = sum(other.pop(What.TEAMS, []))
        lost += [counted(teams, "teams")] if teams else []
        told = [text("{lost} fewer", lost=lost)] if lost else []
        told += [_besides(what, values) for what, values in sorted(other.items())]
        joined = told[0] if told else text("in force")
        for one in told[1:]:
            joined = Text("{a}; {b}", {"a": joined, "b": one})
        return joined

    # ------------------------------------------------------------ names

    def _title(self, number: int) -> str:
        names = sorted(self.material.scenario.disruptions)
        title = self.material.scenario.disruptions[names[number]].title or names[number]
        return in_one_language(title, self.material.language.code)

    def _stream(self, number: int) -> object:
        return self.material.scenario.streams[self.material.line.course.demand.streams[number]]

    def _stream_title(self, number: int) -> str:
        key = self.material.line.course.demand.streams[number]
        named = self.material.scenario.streams[key].title
        return in_one_language(named or key, self.material.language.code)

    def _where(self, regions: list[int]) -> str:
        """Return the regions by their short names; all and many only as such."""
        material, every = self.material, len(self.material.line.regions)
        if len(regions) == every > 1:
            return material.say(text("the whole country"))
        if len(regions) > MOST_NAMED:
            return material.say(counted(len(regions), "regions"))
        return material.language.listing([material.words.short(r) for r in regions])

    def _closed(self, one: Closed) -> str:
        modes = self.material.scenario.transport.modes
        if len(one.modes) == len(modes):
            return self.material.say(text("All transport closed"))
        named = [Brief(modes[key].title or key) for key in one.modes]
        return self.material.words.filled(text("Closed: {modes}"), {"modes": named})

    def _at(self, one: Closed) -> str:
        if one.between:
            a, b = (self.material.words.short(region) for region in one.regions)
            return self.material.say(text("between {a} and {b}", a=a, b=b))
        return self._where(list(one.regions))

    def facts(self, regions: range) -> list[Fact]:
        """Return every fact that is told, with those of *regions* alone."""
        found = [fact for one in (*self.happened(), *self.going_on()) for fact in one.facts]
        for region in regions:
            found += [fact for _, rows in self._disrupted(region) for fact in rows]
            found += self.planned(region)
        return found


def _besides(what: int, values: list[int]) -> Text:
    """Return what a disruption takes away besides beds and teams; *values* are those of its regions."""
    most = float(np.max(values)) / 10
    match What(what):
        case What.REPORTS:
            return text("no reports on beds")
        case What.PLANNED:
            return text("{percent} % of planned care stopped", percent=most)
        case What.DIVERTED:
            return text("{percent} % of emergencies go to neighbours", percent=most)
        case What.EVACUATION:
            return text("patients without a bed are to be moved")
        case _:
            return text("the joint office cannot work")
