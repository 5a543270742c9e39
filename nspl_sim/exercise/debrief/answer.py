"""The answer of the report: each region's decisions with what came of them until ENDEX, then the nation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nspl_sim.exercise.clock import ExerciseClock
from nspl_sim.exercise.debrief.courses import Branch
from nspl_sim.exercise.debrief.effects import Beside, Played, earliest_s
from nspl_sim.exercise.debrief.measures import LEAST_TOLD
from nspl_sim.exercise.play.decision_words import things
from nspl_sim.exercise.words import Words
from nspl_sim.measures.course import ICU
from nspl_sim.paper.naming import kind_words
from nspl_sim.policies.decision import Decision
from nspl_sim.report.parts import Table
from nspl_sim.vocabulary.text import Text, text

MOST_REGIONS = 4
"""So many regions are answered for one by one; the others stand in the table."""
LUCK = text("A handful of deaths up or down in one single course is luck, and no verdict on the decisions.")
_TAKING = {"receives", "keeps_free", "receives_at_most", "moves", "brings_home"}
_ASKING = {"asks_first", "asks_only", "asks_at_once", "max_hours", "moves"}


@dataclass(frozen=True, eq=False)
class Answer:
    """What the decisions came to, in words and in a table."""

    branches: Sequence[Branch]
    decisions: Sequence[Decision]
    clock: ExerciseClock
    words: Words

    @cached_property
    def beside(self) -> Beside:
        """Return the players' course and their plan's, both from STARTEX to ENDEX."""
        first_s, last_s = self.clock.from_s, self.clock.to_s
        mine, theirs = (Played(branch.course, first_s, last_s) for branch in self.branches[:2])
        return Beside(mine, theirs)

    @cached_property
    def by_region(self) -> dict[int, list[Decision]]:
        """Return what was decided until ENDEX, by region, in order of time."""
        found: dict[int, list[Decision]] = {}
        for one in sorted(self.decisions, key=lambda d: d.time_s):
            for key in one.regions if one.time_s < self.clock.to_s else ():
                found.setdefault(self.words.scenario.region_keys.index(key), []).append(one)
        return found

    def sentences(self) -> Iterator[str]:
        """Yield the answer: some sentences for each region that decided, then some for the nation."""
        say = self.words.language.say
        if not self.by_region:
            yield say(text("The players decided nothing before ENDEX: the course is the plan's own."))
            return
        for region in list(self.by_region)[:MOST_REGIONS]:
            yield " ".join(self._of_region(region))
        if len(self.by_region) > MOST_REGIONS:
            yield say(text("Further regions decided too; they stand in the table."))
        yield " ".join(say(one) for one in self._of_the_nation())

    def _of_region(self, region: int) -> Iterator[str]:
        """Yield what *region* decided, and then what came of it there."""
        say, made = self.words.language.say, self.by_region[region]
        for time_s in dict.fromkeys(one.time_s for one in made):
            what = [said for one in made if one.time_s == time_s for said in things(one, self.words)]
            who, when = self.words.short(region), self.clock.said(time_s)
            yield say(text("{who} {when}: {what}.", who=who, when=when, what="; ".join(what)))
        told = [say(one) for one in self._effects(region, made)]
        told = told or [say(text("nothing that is counted is otherwise"))]
        yield say(text("There, until ENDEX: {told}.", told="; ".join(told)))

    def _effects(self, region: int, made: Sequence[Decision]) -> Iterator[Text]:
        """Yield what came of the decisions *made* in *region*: of what they were about."""
        mine, theirs = self.beside.mine, self.beside.theirs
        about = {(name, one.what.kind) for one in made for name in one.what.said()}
        names, kinds = {name for name, _ in about}, self.words.scenario.kinds
        if names & {"planned", "surge_steps"}:
            postponed = text("planned admissions postponed")
            yield from _otherwise(postponed, mine.postponed(region), theirs.postponed(region))
        for kind in sorted({k for _, k in about if k in kinds}):
            here = {name for name, of in about if of == kind}
            number, said = kinds.index(kind), kind_words(kind)
            if "surge_steps" in here:
                yield self._beds(region, kind, made)
            if here & _TAKING:
                taken = text("patients of others promised a bed in {kind}", kind=said)
                yield from _otherwise(taken, mine.taken(region, number), theirs.taken(region, number))
            if here & _ASKING:
                sent = text("own patients promised a bed in {kind} elsewhere", kind=said)
                yield from _otherwise(sent, mine.sent(region, number), theirs.sent(region, number))
            longer, shorter = self.beside.otherwise(region, number)
            if longer or shorter:
                yield text(
                    "longer in line for {kind} {longer}, shorter {shorter}",
                    kind=said,
                    longer=longer,
                    shorter=shorter,
                )

    def _beds(self, region: int, kind: str, made: Sequence[Decision]) -> Text:
        number, course = self.words.scenario.kinds.index(kind), self.branches[0].course
        more, from_s = self.beside.more_beds(region, number)
        if from_s >= 0:
            when = self.clock.said(from_s)
            return text("extra beds at ENDEX {n}, the first from {when}", n=f"{more:+d}", when=when)
        steps = [d.time_s for d in made if d.what.surge_steps and d.what.kind == kind]
        soonest = earliest_s(course, region, number, steps[0]) if steps else None
        if soonest is None or soonest < self.clock.to_s:
            return text("no more extra beds than without the decisions")
        when = self.clock.said(soonest)
        return text("no extra bed before ENDEX: the lead time lasts to {when}", when=when)

    def _of_the_nation(self) -> Iterator[Text]:
        beside = self.beside
        if ICU in self.words.scenario.kinds:
            longer, shorter = beside.otherwise(-1, self.words.scenario.kinds.index(ICU))
            yield text(
                "In the nation {longer} waited at least half an hour longer for intensive care, {shorter} at "
                "least half an hour less.",
                longer=longer,
                shorter=shorter,
            )
        sides = (beside.mine, beside.theirs)
        yield _dead(
            text("Died waiting or on the way in the nation until ENDEX"), *(s.died_waiting() for s in sides)
        )
        avoidable = text(
            "Avoidable deaths among all who were in care or came before ENDEX, whenever they died"
        )
        yield _dead(avoidable, *(side.died_avoidably() for side in sides))
        yield LUCK

    # ------------------------------------------------------------ in a table

    def table(self, playing: Sequence[int]) -> Table:
        """Return a row for each region that decided or is *playing*: in both courses, until ENDEX."""
        say, beside = self.words.language.say, self.beside
        head = [text("Region"), text("Planned admissions postponed")]
        icu = self.words.scenario.kinds.index(ICU) if ICU in self.words.scenario.kinds else -1
        if icu >= 0:
            head += [
                text("ICU beds at ENDEX"),
                text("Patients of others promised an ICU bed"),
                text("Own patients promised an ICU bed elsewhere"),
                text("Hours in line for intensive care, all together"),
            ]
        rows = []
        for region in sorted({*playing, *self.by_region}, key=self.words.short):
            pairs = [(beside.mine.postponed(region), beside.theirs.postponed(region))]
            if icu >= 0:
                sides = (beside.mine, beside.theirs)
                last = np.array([self.clock.to_s - 1])
                pairs += [
                    (int(sides[0].beds(region, icu, last)[0]), int(sides[1].beds(region, icu, last)[0])),
                    (sides[0].taken(region, icu), sides[1].taken(region, icu)),
                    (sides[0].sent(region, icu), sides[1].sent(region, icu)),
                    beside.in_line_h(region, icu),
                ]
            rows.append([self.words.short(region), *(f"{n} ({other})" for n, other in pairs)])
        caption = text("From STARTEX to ENDEX with the players' decisions; in brackets, without them")
        return Table(say(caption), [say(h) for h in head], rows)


def _otherwise(what: Text, mine: int, theirs: int) -> Iterator[Text]:
    """Yield how often *what* was in both courses, where it was not as often."""
    if mine != theirs:
        yield text("{what} {n}, without the decisions {other}", what=what, n=mine, other=theirs)


def _dead(who: Text, mine: int, theirs: int) -> Text:
    """Return how many *who* were in both courses, from five up."""
    if mine < LEAST_TOLD and theirs < LEAST_TOLD:
        return text("{who}: fewer than five, with the decisions and without.", who=who)
    n, other = (k if k >= LEAST_TOLD else text("fewer than five") for k in (mine, theirs))
    return text("{who}: {n}, without the decisions {other}.", who=who, n=n, other=other)
