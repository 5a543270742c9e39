"""What came of what regions decided: what the decisions are about, what is worse, and what was nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from nspl_sim.exercise.course.words import Words
from nspl_sim.exercise.debrief.effects import Beside
from nspl_sim.exercise.debrief.held import Held
from nspl_sim.exercise.debrief.quantities import (
    IN_LINE,
    IN_STEPS,
    NO_KIND,
    POSTPONED,
    SENT,
    STAFFED,
    TAKEN,
    TURNED_AWAY,
    Difference,
    Quantity,
    all_together,
    short_kind,
)
from nspl_sim.exercise.debrief.steps import steps
from nspl_sim.exercise.setting.clock import ExerciseClock
from nspl_sim.measures.course import ICU
from nspl_sim.vocabulary.text import Text, text

MOST_WORSE = 2
"""So many unfavourable differences are told besides, the largest."""
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


@dataclass(frozen=True)
class Came:
    """What came of it, in words; *apart* is how far the first two numbers told are from each other."""

    said: tuple[str, ...]
    apart: int


@dataclass(frozen=True, eq=False)
class Outcomes:
    """Tells what came of decisions until ENDEX, beside the course without any."""

    beside: Beside
    by_region: Mapping[int, Sequence[Held]]
    clock: ExerciseClock
    words: Words

    def of(self, regions: Sequence[int], most: int) -> Came:
        """Return what came of what *regions* decided, the same in each: together, at most so many numbers."""
        say, about = self.words.language.say, self.about(regions)
        every = all_together(self.beside, regions)
        told = self._told([one for one in every if one.apart], about, most)
        came = [self._difference(one, regions) for one in told]
        alike = [one for one in every if (one.quantity, one.kind) in about and not one.apart]
        came += [say(one) for one in self._as_without(alike, regions)]
        came += [say(one) for one in self._done_once(regions)]
        if len(regions) == 1:
            came += [
                say(one) for one in steps(self.by_region[regions[0]], self.beside, self.clock, self.words)
            ]
        came = came or [say(text("nothing that is counted is otherwise"))]
        return Came(tuple(came), told[0].apart if told else 0)

    def about(self, regions: Sequence[int]) -> list[tuple[Quantity, int]]:
        """Return the quantities, with kinds, that decisions in *regions* or staff lent to them are about."""
        made = [one for region in regions for one in self.by_region[region] if one.name in ABOUT]
        every = (one for all_of in self.by_region.values() for one in all_of)
        made += [one for one in every if one.name == "lends" and one.other in regions]
        found = {(ABOUT[d.name], self._kind(d)): None for d in made}
        if len(regions) == 1:  # its steps are told one by one
            found = {one: None for one in found if one[0] is not IN_STEPS}
        return [one for one in found if one[0] is POSTPONED or one[1] != NO_KIND]

    def _kind(self, one: Held) -> int:
        if ABOUT[one.name] is POSTPONED:
            return NO_KIND
        return one.kind if one.kind >= 0 else self._icu

    @property
    def _icu(self) -> int:
        kinds = self.words.scenario.kinds
        return kinds.index(ICU) if ICU in kinds else NO_KIND

    def _told(
        self, found: Sequence[Difference], about: Sequence[tuple[Quantity, int]], most: int
    ) -> list[Difference]:
        """Return what is told of what differs: of the decisions, then the wait, then what is worse.

        Where nothing differs that the decisions are about, the largest differences of all stand first.
        """
        order = sorted(found, key=lambda d: (not d.quantity.is_event, -d.apart))
        first = ([one for one in order if (one.quantity, one.kind) in about] or order)[:most]
        besides = [one for one in order if one not in first]
        wait = [one for one in besides if (one.quantity, one.kind) == (IN_LINE, self._icu)]
        worse = [one for one in besides if one.is_worse and one not in wait]
        return [*first, *wait, *sorted(worse, key=lambda d: -d.apart)[:MOST_WORSE]]

    # ------------------------------------------------------------ in words

    def _difference(self, one: Difference, regions: Sequence[int]) -> str:
        """Return one difference, with what is to be known of it."""
        told = {"what": one.title(self.words), "n": one.mine, "other": one.theirs}
        if len(regions) > 1:
            said = text("{what}, together: {n} instead of {other}", **told)
        else:
            said = text("{what}: {n} instead of {other}", **told)
        return self.words.language.say(self._with_refusal(said, one, regions))

    def _as_without(self, alike: Sequence[Difference], regions: Sequence[int]) -> Iterator[Text]:
        """Yield what decisions are about and is the same in both courses; where it is nothing, that."""
        same = []
        for one in alike:
            kind = None if one.kind == NO_KIND else self.words.scenario.kinds[one.kind]
            nothing = one.quantity.none_of(kind)
            if not one.mine and nothing is not None:
                yield nothing
            else:
                said = text("{what} {n}", what=one.quantity.titled(kind), n=one.mine)
                same.append(self.words.language.say(self._with_refusal(said, one, regions)))
        if same:
            yield text("the same in both: {list}", list=", ".join(same))

    def _with_refusal(self, said: Text, one: Difference, regions: Sequence[int]) -> Text:
        """Return *said*; of others' patients, with how many were promised a bed while none was received."""
        spans = [
            d
            for region in regions
            for d in self.by_region[region]
            if (d.name, d.kind, d.value) == ("receives", one.kind, False)
        ]
        if one.quantity is not TAKEN or not spans:
            return said
        n = 0
        for span in spans:
            times = self.beside.mine.taken_s(span.region, span.kind)
            n += int(np.count_nonzero((times >= span.from_s) & (times < span.to_s)))
        if n:
            return text("{what} ({n} while it received nobody)", what=said, n=n)
        return text("{what} (none while it received nobody)", what=said)

    def _done_once(self, regions: Sequence[int]) -> Iterator[Text]:
        """Yield what came at once of what is done once."""
        mine, done = self.beside.mine, dict[tuple[str, int, int, int], int]()
        for one in (one for region in regions for one in self.by_region[region]):
            key = one.name, one.kind, one.other, one.from_s
            if one.name == "moves":
                moved = mine.moved_at(one.from_s, one.region, one.kind, one.other)
                done[key] = done.get(key, 0) + moved
            elif one.name == "brings_home":
                home = int(np.count_nonzero(mine.home_s(one.region, one.kind) == one.from_s))
                done[key] = done.get(key, 0) + home
        for (name, kind, other, _), n in done.items():
            shown = {"kind": short_kind(self.words.scenario.kinds[kind]), "n": n}
            if name == "brings_home":
                yield _home(shown)
            else:
                yield _moved({**shown, "to": self.words.short(other)})


def _home(shown: Mapping[str, object]) -> Text:
    if not shown["n"]:
        return text("nobody was brought home at the decision ({kind})", **shown)
    return text("brought home at the decision ({kind}): {n}", **shown)


def _moved(shown: Mapping[str, object]) -> Text:
    if not shown["n"]:
        return text("nobody was moved to {to} at the decision ({kind})", **shown)
    return text("moved to {to} at the decision ({kind}): {n}", **shown)
