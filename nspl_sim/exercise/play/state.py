"""What the lines of a log come to: the hour, what is due and how it went, and what was decided."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from nspl_sim.exercise.course.facts import Fact
from nspl_sim.exercise.listing.inject import STATUSES, Inject
from nspl_sim.exercise.listing.pacing import NOTHING, Told
from nspl_sim.exercise.play.log import Line
from nspl_sim.paper.language import Language
from nspl_sim.policies.decision import Decision, What

PLAYED, DROPPED = "played", "dropped"
_ENTERED = ("decide", "mark", "step")
"""Lines of which several may come of one that was typed."""
SAID = {PLAYED: STATUSES[-2], DROPPED: STATUSES[-1]}


@dataclass(frozen=True)
class Mark:
    """What exercise control noted of one inject."""

    status: str = ""
    """``played``, ``dropped`` or nothing yet."""
    played_at: str = ""
    outcome: str = ""
    note: str = ""


@dataclass
class State:
    """The exercise as it stands."""

    begins_s: int
    """Second of the scenario at STARTEX."""
    now_s: int = field(init=False)
    """Second of the scenario."""
    is_evening: bool = False
    """Whether a day has ended and the next, which begins at the same second, has not begun."""
    was_s: int = -1
    """The last second that had been told before the last step; -1 before the clock has gone."""
    due: dict[str, Inject] = field(default_factory=dict)
    """By number, in order of time: the injects that have come due, as they were worded then."""
    marks: dict[str, Mark] = field(default_factory=dict)
    decisions: list[Decision] = field(default_factory=list)
    told: Told = NOTHING
    """What had been told when all that was to come was last planned anew."""
    lines: list[Line] = field(default_factory=list, compare=False, repr=False)
    """All that it comes of: what was taken back is none of it."""

    def __post_init__(self) -> None:
        """Let the clock stand at STARTEX."""
        self.now_s = self.begins_s

    @property
    def told_s(self) -> int:
        """Return the last second whose injects have come due; in the evening not those of the morning."""
        return self.now_s - self.is_evening

    def take(self, line: Line) -> None:
        """Go one line of the log on; lines that change nothing here are passed over."""
        self.lines.append(line)
        match line["do"]:
            case "step":
                told_s = self.told_s
                self.now_s, self.is_evening = line["now_s"], line.get("evening", self.is_evening)
                self.was_s = told_s if self.told_s > told_s else self.was_s
                self.due |= {row["inject_id"]: as_inject(row) for row in line["due"]}
            case "mark":
                said = {k: line[k] for k in ("status", "played_at", "outcome", "note") if k in line}
                self.marks[line["inject_id"]] = replace(self.marks.get(line["inject_id"], Mark()), **said)
            case "decide":
                what = What.model_validate(line["what"])
                self.decisions.append(Decision(line["at_s"], tuple(line["regions"]), what))
                self.told = self._told()
            case "back":
                self._back(line["now_s"])
            case "undo":
                vars(self).update(vars(self._without(line["lines"])))

    def _back(self, to_s: int) -> None:
        """Go back: what came due and what was decided after *to_s* has not been; notes are kept."""
        self.now_s = self.was_s = to_s
        self.is_evening = False
        self.due = {number: one for number, one in self.due.items() if one.time_s <= to_s}
        self.marks = {
            number: mark if number in self.due else Mark(note=mark.note)
            for number, mark in self.marks.items()
            if number in self.due or mark.note
        }
        self.decisions = [one for one in self.decisions if one.time_s < to_s]
        self.told = self._told()

    def _told(self) -> Told:
        return Told(self.told_s, {number: one.time_s for number, one in self.due.items()})

    def _without(self, numbers: Collection[int]) -> "State":
        """Return the state in which the lines called *numbers* have never been."""
        again = State(self.begins_s)
        for line in self.lines:
            if line["n"] not in numbers and line["do"] != "undo":
                again.take(line)
        return again

    def latest(self) -> list[Line]:
        """Return the lines of the latest decisions or marks entered together that count still.

        Of a mark that let an inject come due before its time, the line that did so too.
        """
        for place in range(len(self.lines) - 1, -1, -1):
            line = self.lines[place]
            if line["do"] not in ("decide", "mark"):
                continue
            found = [one for one in self.lines if one["do"] in _ENTERED and _is_with(one, line)]
            before = self.lines[place - 1]
            found = [before, line] if found == [line] and before.get("brought") else found
            if self._without([one["n"] for one in found]) != self:
                return found
        return []

    def falls_away(self, to_s: int) -> tuple[list[Decision], dict[str, Mark]]:
        """Return the decisions and marks that going back to *to_s* takes away; of a mark the note stays."""
        marks = {
            number: mark
            for number, mark in self.marks.items()
            if (number not in self.due or self.due[number].time_s > to_s) and mark != Mark(note=mark.note)
        }
        return [one for one in self.decisions if one.time_s >= to_s], marks

    def marked(self, one: Inject, language: Language) -> Inject:
        """Return *one* with what was noted of it."""
        mark = self.marks.get(one.inject_id)
        if mark is None:
            return one
        status = language.say(SAID[mark.status]) if mark.status else one.status
        return one.changed(
            status=status,
            played_at=mark.played_at or one.played_at,
            outcome=mark.outcome or one.outcome,
            note=mark.note or one.note,
        )


def _is_with(one: Line, line: Line) -> bool:
    """Return whether *one* was entered together with *line*, or is it."""
    return bool(one.get("of", one["n"]) == line.get("of", line["n"]))


def as_row(one: Inject) -> dict[str, Any]:
    """Return *one* for the log; its contingency inject is a row of its own."""
    return {name: value for name, value in asdict(replace(one, reserve=None)).items() if name != "reserve"}


def as_inject(row: Mapping[str, Any]) -> Inject:
    """Return the inject of a row of the log."""
    facts = tuple(Fact(**{**fact, "of_what": tuple(fact["of_what"])}) for fact in row["facts"])
    return Inject(**{**row, "facts": facts})
