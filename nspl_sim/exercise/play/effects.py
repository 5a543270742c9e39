"""What a decision comes to, as far as the course knows it at once: beds, staff, patients who are moved."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from nspl_sim.exercise.course.counted import counted
from nspl_sim.exercise.listing.material import Material
from nspl_sim.exercise.papers.receiving import Receiving
from nspl_sim.exercise.play import room
from nspl_sim.paper.naming import kind_words
from nspl_sim.policies.decided import Decided
from nspl_sim.policies.decision import Decision, Lending, Moving
from nspl_sim.system.simulate import geography
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.clock import DAY, hours
from nspl_sim.vocabulary.patients import Ints
from nspl_sim.vocabulary.text import Text, text

_WANTING = text(
    "nobody there is stable enough, the way is too far, or a team, a vehicle or a receiver's yes is wanting."
)
"""Why a patient is not moved though there is a bed: the journal does not say which."""


def effects(decisions: Sequence[Decision], before: Material, now: Material) -> list[str]:
    """Return a sentence for each effect of *decisions*, which the course *before* them had not."""
    made = Effects(before, now)
    told = (words for one in decisions for key in one.regions for words in made.of(one, now.number(key)))
    return list(dict.fromkeys(now.say(words) for words in told))


@dataclass(frozen=True, eq=False)
class Effects:
    """Two courses that are the same up to a decision."""

    before: Material
    now: Material

    def of(self, one: Decision, region: int) -> Iterator[Text]:
        """Yield what comes of a decision in *region*."""
        what, kind = one.what, self.now.line.course.kind_number(one.what.kind)
        if what.surge_steps:
            yield from self._opening(one, region, kind)
        if what.lends is not None:
            yield self._lent(one, what.lends, region, kind)
        if what.moves is not None:
            yield self._moved(one, what.moves, region, kind)
        if what.brings_home is not None:
            yield self._home(one, what.brings_home, region, kind)
        yield from self._in_vain(one, region, kind)

    # ------------------------------------------------------------ beds and staff

    def _opening(self, one: Decision, region: int, kind: int) -> Iterator[Text]:
        """Yield when the beds open that are called for, step by step, as the course now goes."""
        surge = geography(self.now.scenario).surge_beds
        first, without = (self._opens(made, one, region, kind) for made in (self.now, self.before))
        for step, time_s in sorted(first.items()):
            said = {"region": self._name(region), "step": step, "when": self._when(time_s)}
            said["beds"] = counted(surge[region, kind][step - 1], "beds")
            other = without.get(step)
            if other is None:
                yield text("{region}: step {step}, {beds}, opens {when}.", **said)
            elif other == time_s:
                yield text("{region}: step {step}, {beds}, opens {when}, without the decision too.", **said)
            else:
                said["other"] = self._when(other)
                yield text(
                    "{region}: step {step}, {beds}, opens {when}; without the decision {other}.", **said
                )
        if not first:
            yield text("{region}: no further step opens.", region=self._name(region))

    def _opens(self, made: Material, one: Decision, region: int, kind: int) -> dict[int, int]:
        """Return by step, of those called for, the second at which it first opens in a course."""
        journal = made.line.course.journal
        rows = journal.where(Event.OPENED)
        rows = rows[(journal.region[rows] == region) & (journal.unit[rows] == kind)]
        called = (journal.time_s[rows] >= one.time_s) & (journal.detail[rows] <= (one.what.surge_steps or 0))
        return {int(journal.detail[row]): int(journal.time_s[row]) for row in rows[called][::-1]}

    def _lent(self, one: Decision, lends: Lending, region: int, kind: int) -> Text:
        """Return when staff who are lent work there, or when those called home do at home."""
        to = self.now.number(lends.to)
        names = {"region": self._name(region), "to": self._name(to)}
        if not lends.beds:
            return self._called_home(one, lends, names)
        rows = self._rows(self.now, Event.LENT, region, kind, one.time_s, one.time_s + 1)
        if not (self.now.line.course.journal.detail[rows] == to).any():
            return text("{region}: nothing new, so many are lent to {to} already.", **names)
        return text(
            "{region}: {beds} fewer from {begins}; the staff work in {to} from {when}.",
            **names,
            begins=self._when(one.time_s),
            beds=counted(lends.beds, "beds"),
            when=self._when(one.time_s + hours(lends.lead_h)),
        )

    def _called_home(self, one: Decision, lends: Lending, names: dict[str, str]) -> Text:
        loans = [
            (d.time_s, d.what.lends)
            for d in self.before.decisions
            if d.what.lends is not None and d.what.lends.to == lends.to and d.time_s <= one.time_s
        ]
        if not loans or not loans[-1][1].beds:
            return text("{region}: nobody is lent to {to}.", **names)
        back_s = one.time_s + hours(max(loans, key=lambda loan: loan[0])[1].lead_h)
        return text("{region}: staff from {to} work at home from {when}.", **names, when=self._when(back_s))

    # ------------------------------------------------------------ patients

    def _moved(self, one: Decision, moves: Moving, region: int, kind: int) -> Text:
        """Return how many of a region are moved within a day, beside the course before."""
        to = self.now.number(moves.to)
        n, without = (self._moves(made, region, kind, to, one.time_s) for made in (self.now, self.before))
        names = {"region": self._name(region), "to": self._name(to)}
        if n > without:
            return text(
                "{region}: within a day {n} of at most {most} are moved to {to}; "
                "without the decision {other}.",
                **names,
                n=n,
                most=moves.patients,
                other=without,
            )
        return text(
            "{region}: nobody can be moved to {to}: {why}", **names, why=self._why(region, to, kind, one)
        )

    def _why(self, region: int, to: int, kind: int, one: Decision) -> Text:
        """Return why nobody could be moved at the second of the decision, as far as the course says."""
        line, at = self.now.line, np.array([one.time_s])
        kind_said = kind_words(one.what.kind)
        if not int(line.occupied(region, kind, at)[0]):
            return text("nobody lies in {kind} there.", kind=kind_said)
        free = int(line.free(to, kind, at)[0])
        keeps = Receiving(self.now).keeps(to, one.time_s) if kind == line.icu else 0
        if free <= keeps:
            return text(
                "{to} has {free} free there and keeps {keeps}.", to=self._name(to), free=free, keeps=keeps
            )
        return _WANTING

    def _home(self, one: Decision, keeps: int, region: int, kind: int) -> Text:
        """Return how many residents come home within a day, beside the course before."""
        n, without = (self._residents(made, region, kind, one.time_s) for made in (self.now, self.before))
        name = self._name(region)
        if n > without:
            return text(
                "{region}: within a day {n} residents come home; without the decision {other}.",
                region=name,
                n=n,
                other=without,
            )
        line = self.now.line
        if kind >= 0 and not line.away(region, kind, one.time_s).value:
            why = text("none of them lies in {kind} elsewhere.", kind=kind_words(one.what.kind))
        elif (free := int(line.free(region, kind, np.array([one.time_s]))[0])) <= keeps:
            why = text("{n} free beds, and {keeps} are to stay free.", n=free, keeps=keeps)
        else:
            why = _WANTING
        return text("{region}: no resident can come home: {why}", region=name, why=why)

    def _in_vain(self, one: Decision, region: int, kind: int) -> Iterator[Text]:
        """Yield a warning where those who are to be asked have decided not to receive."""
        asked = one.what.asks_only or one.what.asks_first or ()
        decided = Decided(self.now.decisions, geography(self.now.scenario))
        refuse = [
            self._name(number)
            for number in map(self.now.number, asked)
            if decided.holds("receives", number, kind, one.time_s) is False
        ]
        if not refuse:
            return
        if one.what.asks_only and len(refuse) == len(asked):
            yield text(
                "Warning: {who} have decided not to receive, and {region} asks nobody else.",
                who=refuse,
                region=self._name(region),
            )
        else:
            yield text("Warning: asked in vain, have decided not to receive: {who}.", who=refuse)

    # ------------------------------------------------------------ the journal

    def _moves(self, made: Material, region: int, kind: int, to: int, since_s: int) -> int:
        rows = self._rows(made, Event.MOVED, region, kind, since_s, since_s + DAY)
        return int((made.line.course.journal.detail[rows] == to).sum())

    def _residents(self, made: Material, region: int, kind: int, since_s: int) -> int:
        """Return the moves home of residents of *region* within a day."""
        course = made.line.course
        rows = self._rows(made, Event.MOVED, -1, kind, since_s, since_s + DAY)
        rows = rows[course.journal.detail[rows] == region]
        return int((course.demand.region[course.journal.patient[rows]] == region).sum())

    def _rows(self, made: Material, event: Event, region: int, kind: int, since_s: int, to_s: int) -> Ints:
        """Return the rows of *event* in since_s <= t < to_s in a unit; region -1: in any region."""
        journal = made.line.course.journal
        rows = journal.where(event)
        there = (journal.time_s[rows] >= since_s) & (journal.time_s[rows] < to_s)
        there &= (journal.unit[rows] == kind) & ((journal.region[rows] == region) | (region < 0))
        return np.asarray(rows[there])

    def _name(self, region: int) -> str:
        return self.now.words.short(region)

    def _when(self, time_s: int) -> Text:
        return room.both(self.now.clock, time_s)
