"""The answer of the report: one sentence, the nation, then what each region decided and what came of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from nspl_sim.exercise.course.words import Words
from nspl_sim.exercise.debrief.courses import Branch
from nspl_sim.exercise.debrief.effects import Beside, Played
from nspl_sim.exercise.debrief.held import Held, held
from nspl_sim.exercise.debrief.held_words import line
from nspl_sim.exercise.debrief.outcomes import Outcomes
from nspl_sim.exercise.debrief.quantities import (
    IN_LINE,
    MOVED,
    NO_KIND,
    POSTPONED,
    SENT,
    STAFFED,
    TAKEN,
    Quantity,
    together,
)
from nspl_sim.exercise.debrief.whole import MOST_NAMED, capital, in_one_sentence, of_the_nation
from nspl_sim.exercise.setting.clock import ExerciseClock
from nspl_sim.measures.course import ICU
from nspl_sim.policies.decision import Decision
from nspl_sim.report.parts import Table
from nspl_sim.system.simulate import geography
from nspl_sim.vocabulary.text import Text, text

MOST_TOLD = 3
"""So many differences of a region are told on page one; all stand further down."""
MANY_LINES = 8
"""Where there are more lines, one difference of each is told, and what is worse."""
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
    plays: bool
    apart: int
    """How far the first two numbers told are from each other."""


@dataclass(frozen=True, eq=False)
class Answer:
    """What the decisions came to, in words and in a table."""

    branches: Sequence[Branch]
    decisions: Sequence[Decision]
    clock: ExerciseClock
    words: Words
    playing: Sequence[int] = ()
    """The regions of players, by number; empty: all."""

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

    @property
    def outcomes(self) -> Outcomes:
        """Return what tells what came of it."""
        return Outcomes(self.beside, self.by_region, self.clock, self.words)

    def concerned(self) -> list[int]:
        """Return the regions that play and decided, by number; if none did, all that decided."""
        return [region for region in self.by_region if self._plays(region)] or list(self.by_region)

    def _plays(self, region: int) -> bool:
        return not self.playing or region in self.playing

    def _decided(self, region: int) -> str:
        return line(self.by_region[region], self.clock, self.words)

    # ------------------------------------------------------------ region by region

    def regions(self) -> list[Told]:
        """Return a line for each region that decided: players first, the largest first numbers first.

        Those that do not play and decided the same share a line, and so do players where nothing differs.
        """
        apart = [[region] for region in self.by_region if self._plays(region)]
        alike: dict[str, list[int]] = {}
        for region in self.by_region:
            if not self._plays(region):
                alike.setdefault(self._decided(region), []).append(region)
        groups = [*apart, *alike.values()]
        most = MOST_TOLD if len(groups) <= MANY_LINES else 1
        told = self._joined([(group, self._of(group, most)) for group in groups])
        return sorted(told, key=lambda one: (not one.plays, -one.apart, one.who))

    def _of(self, regions: Sequence[int], most: int) -> Told:
        came = self.outcomes.of(regions, most)
        plays = self._plays(regions[0])
        who = self._who(regions, plays)
        return Told(who, self._decided(regions[0]), "; ".join(came.said), plays, came.apart)

    def _joined(self, told: Sequence[tuple[Sequence[int], Told]]) -> list[Told]:
        """Return the lines; regions with the very same decisions, where nothing differs, in one."""
        alike: dict[tuple[str, ...], list[tuple[Sequence[int], Told]]] = {}
        for regions, one in told:
            key = (one.who,) if one.apart or not one.plays else (one.decided, one.came)
            alike.setdefault(key, []).append((regions, one))
        found = []
        for several in alike.values():
            regions, one = [region for those, _ in several for region in those], several[0][1]
            who = self._who(regions, one.plays) if len(several) > 1 else one.who
            found.append(Told(who, one.decided, one.came, one.plays, one.apart))
        return found

    def _who(self, regions: Sequence[int], plays: bool) -> str:
        say = self.words.language.say
        if plays or len(regions) <= MOST_NAMED:
            named = self.words.language.listing(sorted(self.words.short(region) for region in regions))
            return named if plays else say(text("{who} (not playing)", who=named))
        return say(text("{n} regions that do not play", n=len(regions)))

    # ------------------------------------------------------------ in sentences

    def sentences(self) -> Iterator[str]:
        """Yield the answer: one sentence, some for the nation, then a line for each region that decided."""
        yield from (str(Markup(one).striptags()) for one in self.marked())

    def marked(self) -> Iterator[Markup]:
        """Yield the answer for the page: names and what came of it stand out, and end a line."""
        say = self.words.language.say
        if not self.by_region:
            nothing = text("The players decided nothing before ENDEX: the course is the plan's own.")
            yield Markup.escape(say(nothing))
            return
        first = say(in_one_sentence(self.concerned(), self.beside, self.words))
        yield Markup("{}<br>").format(first)
        yield Markup("<strong>{}</strong> {}<br>").format(
            say(text("The nation.")), " ".join(say(one) for one in of_the_nation(self.beside, self.words))
        )
        for one in self.regions():
            yield Markup("<strong>{}</strong> {}. <em>{}.</em>").format(
                one.who, one.decided, capital(one.came)
            )

    # ------------------------------------------------------------ in a table

    def table(self) -> Table:
        """Return a row for each region that plays, the others that decided together, and the nation."""
        say, kinds = self.words.language.say, self.words.scenario.kinds
        rows = self._rows()
        shown = [
            (quantity, kind)
            for quantity, name in SHOWN
            for kind in ([NO_KIND] if name is None else [kinds.index(name)] if name in kinds else [])
        ]
        pairs = {
            (*one, who): together(self.beside, regions, *one)
            for one in shown
            for who, regions in rows.items()
        }
        found = {key: (one.mine, one.theirs) for key, one in pairs.items() if one is not None}
        shown = [one for one in shown if any(any(found.get((*one, who), ())) for who in rows)]
        cells = [[who, *(_cell(found.get((*one, who))) for one in shown)] for who in rows]
        first, last = (self.clock.said(time_s) for time_s in (self.clock.from_s, self.clock.to_s))
        caption = text(
            "From STARTEX to ENDEX, {first} to {last}, with the decisions; in brackets, without them",
            first=first,
            last=last,
        )
        titles: list[Text] = [one.titled(None if kind == NO_KIND else kinds[kind]) for one, kind in shown]
        return Table(say(caption), [say(text("Region")), *(capital(say(one)) for one in titles)], cells)

    def _rows(self) -> dict[str, list[int]]:
        """Return the regions of each row by its name."""
        say, short = self.words.language.say, self.words.short
        every = range(len(self.words.scenario.region_keys))
        own = sorted((r for r in {*self.playing, *self.by_region} if self._plays(r)), key=short)
        rows = {short(region): [region] for region in own}
        if others := [region for region in self.by_region if not self._plays(region)]:
            name = short(others[0]) if len(others) == 1 else say(text("{n} other regions", n=len(others)))
            rows[name] = others
        return rows | {capital(say(text("the whole nation"))): list(every)}


def _cell(pair: tuple[int, int] | None) -> str:
    return f"{pair[0]} ({pair[1]})" if pair else "–"
