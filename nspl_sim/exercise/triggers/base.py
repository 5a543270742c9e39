"""What a trigger is: a condition in the course, when it fires again, and the texts that it becomes.

A trigger is one class with one method, registered by its code. It says in words only what is one of
its facts, and never what the plan decided: that is the answer key.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, Protocol, TypeVar

from nspl_sim.exercise.course.facts import Fact
from nspl_sim.exercise.course.timeline import Bools, Timeline
from nspl_sim.exercise.setting.roles import Function, Roles
from nspl_sim.exercise.triggers.senders import Sender
from nspl_sim.vocabulary.text import Text, text

Kind = Literal["inject", "information", "media", "briefing"]


@dataclass(frozen=True)
class Wording:
    """The texts of an inject; places are filled from the moment's words.

    Every text knows ``{caller}``, ``{region}`` (of the players who get it) and ``{time}``.
    """

    subject: Text
    script: Text
    """Read aloud; one question at most."""
    expected: Text
    """What the players are expected to do."""
    question: Text
    """To the evaluator: what to look for."""
    contingency: Text | None = None
    """Told if nothing has come of it."""


@dataclass(frozen=True)
class Moment:
    """One time that a trigger fires."""

    time_s: int
    region: int
    """Whose players get it; -1: the joint office."""
    facts: tuple[Fact, ...]
    words: Mapping[str, Any] = field(default_factory=dict)
    """What fills the places of the texts: counted facts, and names."""
    wording: Wording | None = None
    """Where a trigger has several."""
    answer: Text | None = None
    """What the plan did in the course: for controllers only."""
    right: Text | None = None
    """What is the right answer to a question, with what is accepted: stands with what is expected."""
    sender: Sender | None = None
    """Where it is another than the trigger's."""
    attachment: str = ""
    """The name of a form that goes along: ``methane``, ``icu-report``, ``icu-late``, ``region-report``."""
    event: int = -1
    """The number of the casualties' event, where there is one."""
    weight: int | None = None
    """Where it is another than the trigger's."""
    kind: Kind | None = None
    """Where it is another than the trigger's."""


class Trigger(Protocol):
    """A condition and its texts."""

    code: ClassVar[str]
    title: ClassVar[Text]
    """The storyline that its injects belong to."""
    sender: ClassVar[Sender]
    channel: ClassVar[Text]
    kind: ClassVar[Kind]
    functions: ClassVar[tuple[Function, ...]]
    """To whom in the staff: the first that its roles name; where they name none, the staff as a whole."""
    weight: ClassVar[int]
    """From 1 to 9: what is kept when there is too much in an hour."""
    wording: ClassVar[Wording]

    def moments(self, line: Timeline, roles: Roles) -> Iterator[Moment]:
        """Yield every time that it fires, played or not, in any order."""
        ...


REGISTRY: dict[str, Trigger] = {}
_T = TypeVar("_T", bound=type)

PHONE, MAIL, REPORT, MEETING = (
    text("telephone"),
    text("e-mail"),
    text("situation report"),
    text("in person"),
)


def trigger(code: str) -> Callable[[_T], _T]:
    """Register the class under *code*: letters A-Z."""

    def enter(made: _T) -> _T:
        if code in REGISTRY:
            raise ValueError(f"trigger {code} is registered twice")
        made.code = code  # type: ignore[attr-defined]
        REGISTRY[code] = made()
        return made

    return enter


def firings(holds: Bools, calm: Bools, steps: int) -> list[int]:
    """Return where *holds* has held for *steps* on end; it fires anew only after *calm* has been."""
    found, run, armed = [], 0, True
    for place, (is_so, is_calm) in enumerate(zip(holds.tolist(), calm.tolist(), strict=True)):
        run = run + 1 if is_so else 0
        if armed and run > steps:
            found.append(place)
            armed = False
        elif not armed and is_calm:
            armed = True
    return found
