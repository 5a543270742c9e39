"""The answer of the report: what each region decided that held, what came of it until ENDEX, the nation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from markupsafe import Markup

from nspl_sim.exercise.course.words import Words
from nspl_sim.exercise.debrief.courses import Branch
from nspl_sim.exercise.debrief.effects import Beside, Played, earliest_s
from nspl_sim.exercise.debrief.held import Held, held
from nspl_sim.exercise.debrief.held_words import line
from nspl_sim.exercise.debrief.measures import LEAST_TOLD
from nspl_sim.exercise.debrief.quantities import (
    IN_LINE,
    IN_STEPS,
    MOVED,
    NO_KIND,
    POSTPONED,
    SENT,
    STAFFED,
    TAKEN,
    TURNED_AWAY,
    Difference,
    Quantity,
    differences,
    size,
    value,
)
from nspl_sim.exercise.setting.clock import ExerciseClock
from nspl_sim.measures.course import ICU
from nspl_sim.policies.decision import Decision
from nspl_sim.report.parts import Table
from nspl_sim.system.simulate import geography
from nspl_sim.vocabulary.text import Text, text

MOST_TOLD = 2
"""So many differences of a region are told on page one, the largest; all stand further down."""
MANY_REGIONS = 8
"""Where more than so many decided, one difference of each is told."""
LUCK = text("A handful of deaths up or down in one single course is luck, and no verdict on the decisions.")
ABOUT: dict[str, Quantity] = {
    "planned": POSTPONED,
    "surge_steps": IN_STEPS,
    "receives": TAKEN,
    "keeps_free": TAKEN,
    "receives_at_most": TAKEN,
    "asks_first": SENT,
    "asks_only": SENT,
    "asks_at_once": SENT,
    "max_hours": SENT,
    "lends": STAFFED,
    "turns_away_from": TURNED_AWAY,
}
"""What a decision is about: this is told of it, the same in both courses or not."""
WARD = "ward"
SHOWN: tuple[tuple[Quantity, str | None], ...] = (
    (POSTPONED, None),
    (STAFFED, ICU),
    (TAKEN, ICU),
    (SENT, ICU),
    (MOVED, WARD),
    (IN_LINE, ICU),
)
"""In the table of page one, with the kind of unit; what is nowhere above 0 is left out."""


@dataclass(frozen=True)
class Told:
    """What one region, or several that decided the same, is told."""

    who: str
    decided: str
    came: str
    apart: int
    """How much differs there in all, in patients."""


@dataclass(frozen=True, eq=False)
class Answer:
    """What the decisions came to, in words and in a table."""

    branches: Sequence[Branch]
    decisions: Sequence[Decision]
    clock: ExerciseClock
    words: Words

    @cached_property
    def played(self) -> list[Played]:
        """Return every course from STARTEX to ENDEX, the players' first."""
        return [Played(branch.course, self.clock.from_s, self.clock.to_s) for branch in self.branches]

    @cached_property
    def beside(self) -> Beside:
        """Return the players' course and their plan's."""
        return Beside(self.played[0], self.played[1])

    @cached_property
    def by_region(self) -> dict[int, list[Held]]:
        """Return what was decided and held until ENDEX, by region, in order of time."""
        found: dict[int, list[Held]] = {}
        for one in held(self.decisions, geography(self.words.scenario), self.clock.to_s):
            found.setdefault(one.region, []).append(one)
        return found

    # ------------------------------------------------------------ region by region

    def regions(self) -> list[Told]:
        """Return a line for each region that decided, the largest differences first.

        Those that decided the same, and where nothing differs, share one.
        """
        found = [self._of_region(region) for region in self.by_region]
        alike: dict[tuple[str, str], list[Told]] = {}
        for one in found:
            alike.setdefault((one.decided, one.came) if not one.apart else (one.who, ""), []).append(one)
        told = [
            replace(several[0], who=self.words.language.listing(sorted(one.who for one in several)))
            for several in alike.values()
        ]
        return sorted(told, key=lambda one: (-one.apart, one.who))

    def _of_region(self, region: int) -> Told:
        say, made = self.words.language.say, self.by_region[region]
        about = self._about(region)
        found = differences(self.beside, [region])
        first = sorted(
            found, key=lambda d: ((d.quantity, d.kind) not in about, d.quantity is IN_LINE, -d.apart)
        )
        first = first[: MOST_TOLD if len(self.by_region) <= MANY_REGIONS else 1]
        came = [self._difference(one, made) for one in first]
        differs = {(one.quantity, one.kind) for one in found}
        same = [one for one in about if one not in differs]
        if len(same) < len(about):  # a decision has come to something: what else it did not is in the table
            same = [one for one in same if one[0] is IN_STEPS]
        alike = [self._as_without(*one, region, made) for one in same]
        came += [say(text("the same in both: {list}", list=", ".join(alike)))] if alike else []
        came += [say(one) for decision in made for one in self._at_the_decision(decision)]
        came = came or [say(text("nothing that is counted is otherwise"))]
        return Told(
            self.words.short(region), line(made, self.clock, self.words), "; ".join(came), size(found)
        )

    def _about(self, region: int) -> list[tuple[Quantity, int]]:
        """Return the quantities, with kinds, that decisions in *region* or staff lent to it are about."""
        made = [one for one in self.by_region[region] if one.name in ABOUT]
        lent = [
            d for all_of in self.by_region.values() for d in all_of if (d.name, d.other) == ("lends", region)
        ]
        icu = self.words.scenario.kinds.index(ICU) if ICU in self.words.scenario.kinds else NO_KIND
        found = {
            (ABOUT[d.name], NO_KIND if ABOUT[d.name] is POSTPONED else d.kind if d.kind >= 0 else icu): None
            for d in (*made, *lent)
        }
        return [one for one in found if one[0] is POSTPONED or one[1] != NO_KIND]

    def _difference(self, one: Difference, made: Sequence[Held]) -> str:
        """Return one difference, with what is to be known of it."""
        told = {"what": one.title(self.words), "n": one.mine, "other": one.theirs}
        said = text("{what}: {n} instead of {other}", **told)
        return self._with_refusal(said, one.quantity, one.region, one.kind, made)

    def _as_without(self, quantity: Quantity, kind: int, region: int, made: Sequence[Held]) -> str:
        """Return a quantity that is the same in both courses."""
        n = value(quantity, self.beside.mine, region, kind)
        what = quantity.titled(None if kind == NO_KIND else self.words.scenario.kinds[kind])
        said = text("{what} {n}", what=what, n="–" if n is None else n)
        return self._with_refusal(said, quantity, region, kind, made) if n else self.words.language.say(said)

    def _with_refusal(
        self, said: Text, quantity: Quantity, region: int, kind: int, made: Sequence[Held]
    ) -> str:
        """Return *said*; of others' patients, with how many were promised a bed while none was received."""
        spans = [(d.from_s, d.to_s) for d in made if (d.name, d.kind, d.value) == ("receives", kind, False)]
        if quantity is not TAKEN or not spans:
            return self.words.language.say(said)
        times = self.beside.mine.taken_s(region, kind)
        n = sum(int(np.count_nonzero((times >= from_s) & (times < to_s))) for from_s, to_s in spans)
        if n:
            return self.words.language.say(text("{what} ({n} while it received nobody)", what=said, n=n))
        return self.words.language.say(text("{what} (none while it received nobody)", what=said))

    def _at_the_decision(self, one: Held) -> Iterator[Text]:
        """Yield what came at once of what is done once, and when decided steps opened."""
        mine = self.beside.mine
        match one.name:
            case "moves":
                n = mine.moved_at(one.from_s, one.region, one.kind, one.other)
                yield text("moved to {to} at the decision: {n}", to=self.words.short(one.other), n=n)
            case "brings_home":
                n = int(np.count_nonzero(mine.home_s(one.region, one.kind) == one.from_s))
                yield text("brought home at the decision: {n}", n=n)
            case "surge_steps":
                first_s = self.beside.first_step_s(one.region, one.kind)
                soonest = earliest_s(self.branches[0].course, one.region, one.kind, one.from_s)
                if first_s >= 0:
                    yield text("more beds from {when} on", when=self.clock.said(first_s))
                elif soonest is not None and soonest >= self.clock.to_s:
                    yield text("the lead time lasts to {when}", when=self.clock.said(soonest))

    # ------------------------------------------------------------ in sentences

    def sentences(self) -> Iterator[str]:
        """Yield the answer: a sentence for each region that decided, then some for the nation."""
        yield from (str(Markup(one).striptags()) for one in self.marked())

    def marked(self) -> Iterator[Markup]:
        """Yield the answer for the page: names and what came of it stand out."""
        say = self.words.language.say
        if not self.by_region:
            nothing = text("The players decided nothing before ENDEX: the course is the plan's own.")
            yield Markup.escape(say(nothing))
            return
        for one in self.regions():
            yield Markup("<strong>{}</strong> {}. <em>{}.</em>").format(
                one.who, one.decided, one.came[:1].upper() + one.came[1:]
            )
        yield Markup("<strong>{}</strong> {}").format(
            say(text("The nation.")), " ".join(say(one) for one in self._of_the_nation())
        )

    def _of_the_nation(self) -> Iterator[Text]:
        beside = self.beside
        if ICU in self.words.scenario.kinds:
            longer, shorter = beside.otherwise(-1, self.words.scenario.kinds.index(ICU))
            yield text(
                "{longer} waited at least half an hour longer for intensive care, {shorter} at least half an "
                "hour less.",
                longer=longer,
                shorter=shorter,
            )
        sides = (beside.mine, beside.theirs)
        yield _dead(text("Died waiting or on the way"), *(side.died_waiting() for side in sides))
        avoidable = text("Avoidable deaths among all who were in care or came, whenever they died")
        yield _dead(avoidable, *(side.died_avoidably() for side in sides))
        yield LUCK

    # ------------------------------------------------------------ in a table

    def table(self, playing: Sequence[int]) -> Table:
        """Return a row for each region that decided or is *playing*: in both courses, until ENDEX."""
        say, beside = self.words.language.say, self.beside
        kinds = self.words.scenario.kinds
        regions = sorted({*playing, *self.by_region}, key=self.words.short)
        shown = [
            (quantity, kind)
            for quantity, name in SHOWN
            for kind in ([NO_KIND] if name is None else [kinds.index(name)] if name in kinds else [])
        ]
        pairs = {
            (*one, region): [value(one[0], side, region, one[1]) for side in (beside.mine, beside.theirs)]
            for one in shown
            for region in regions
        }
        shown = [one for one in shown if any(any(pairs[*one, region]) for region in regions)]
        titles = [one.titled(None if kind == NO_KIND else kinds[kind]) for one, kind in shown]
        rows = []
        for region in regions:
            cells = [[_cell(n) for n in pairs[*one, region]] for one in shown]
            rows.append([self.words.short(region), *(f"{mine} ({theirs})" for mine, theirs in cells)])
        first, last = (self.clock.said(time_s) for time_s in (self.clock.from_s, self.clock.to_s))
        caption = text(
            "From STARTEX to ENDEX, {first} to {last}, with the decisions; in brackets, without them",
            first=first,
            last=last,
        )
        head = [say(text("Region")), *(capital(say(title)) for title in titles)]
        return Table(say(caption), head, rows)


def capital(words: str) -> str:
    """Return *words* as a heading begins."""
    return words[:1].upper() + words[1:]


def _cell(number: int | None) -> str:
    return "–" if number is None else str(number)


def _dead(who: Text, mine: int, theirs: int) -> Text:
    """Return how many *who* were in both courses, from five up."""
    if mine < LEAST_TOLD and theirs < LEAST_TOLD:
        return text("{who}: fewer than five, with the decisions and without.", who=who)
    if mine == theirs:
        return text("{who}: {n} in both.", who=who, n=mine)
    n, other = (k if k >= LEAST_TOLD else text("fewer than five") for k in (mine, theirs))
    return text("{who}: {n} instead of {other}.", who=who, n=n, other=other)
