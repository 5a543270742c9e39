"""What decisions do to the list besides the course: questions that are answered fall away, others follow.

Where nothing falls due for long after a decision, its region is asked what it has led to.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from nspl_sim.exercise.inject import Inject
from nspl_sim.exercise.material import Material
from nspl_sim.exercise.play.decision_words import sentences
from nspl_sim.exercise.roles import Function, Roles
from nspl_sim.exercise.timeline import Timeline
from nspl_sim.exercise.triggers.base import PHONE, Kind, Moment, Wording
from nspl_sim.exercise.triggers.senders import DIRECTOR, Sender
from nspl_sim.policies.decided import Decided
from nspl_sim.policies.decision import Decision
from nspl_sim.scenario.civil import Civil
from nspl_sim.system.simulate import geography
from nspl_sim.vocabulary.clock import DAY
from nspl_sim.vocabulary.text import Text, text

QUIET, AFTER = timedelta(minutes=40), timedelta(minutes=20)
"""In the room: so long without an inject is quiet, and a question comes so long after it began."""
PRIORITIES = (1, 2, 3)


class Following:
    """Asks about a decision; no trigger of the course, so it stands in no register of triggers."""

    code: ClassVar[str] = "FOLJ"
    title: ClassVar[Text] = text("Decisions followed up")
    sender: ClassVar[Sender] = DIRECTOR
    channel: ClassVar[Text] = PHONE
    kind: ClassVar[Kind] = "inject"
    functions: ClassVar[tuple[Function, ...]] = ("command",)
    weight: ClassVar[int] = 5
    wording: ClassVar[Wording] = Wording(
        text("What has the decision led to?"),
        text(
            "{caller} in {region} at {time}: since {when} this is decided: {what} What has it "
            "led to so far, who has been told, and when do you look at it again?"
        ),
        text(
            "Tell the effect in figures, who has been told and when it is looked at again; change it if "
            "need be."
        ),
        text("Is the decision followed up with figures, and is there a time for the next look?"),
    )

    def moments(self, line: Timeline, roles: Roles) -> Iterator[Moment]:
        """Yield nothing: it is asked where the list is quiet."""
        yield from ()


def followed_up(made: Material, decisions: Sequence[Decision]) -> Material:
    """Return *made* without what has been decided already, and with questions where it is quiet."""
    if not decisions:
        return made
    decided = Decided(decisions, geography(made.scenario))
    kept = [one for one in made.planned.injects if not _is_answered(one, made, decided)]
    asked = list(_asked(made, kept, decisions))
    injects = sorted([*kept, *asked], key=lambda i: (i.wall, i.time_s, -i.weight, i.inject_id))
    return replace(made, planned=replace(made.planned, injects=tuple(injects)))


def _is_answered(one: Inject, made: Material, decided: Decided) -> bool:
    """Return whether *one* asks for a decision that its region has made."""
    if not one.region:
        return False
    region = made.number(one.region)
    if one.code == "ELEKT":
        held = (decided.holds("planned", region, priority, one.time_s) for priority in PRIORITIES)
        return any(share is not None for share in held)
    if one.code == "BESLUT":
        return decided.holds("receives", region, made.line.icu, one.time_s) is not None
    return False


def _asked(made: Material, kept: Sequence[Inject], decisions: Sequence[Decision]) -> Iterator[Inject]:
    """Yield a question in each quiet time, about the first decision that has not been asked about."""
    left = [(number, one) for number, one in enumerate(decisions, 1) if _player(made, one)]
    for wall in _quiet(made, kept):
        time_s = made.clock.scenario(wall)
        before = [(number, one) for number, one in left if one.time_s < time_s]
        if not before or made.clock.day_of(time_s) < 0:
            continue
        number, one = min(before, key=lambda pair: (pair[1].time_s, pair[0]))
        left.remove((number, one))
        yield _inject(made, one, number, time_s)


def _quiet(made: Material, kept: Sequence[Inject]) -> Iterator[datetime]:
    """Yield the times in the room, some while into each quiet time, as often as it is long."""
    clock = made.clock
    for day in range(clock.days):
        first, last = clock.morning(day), clock.evening(day)
        walls = sorted(i.wall for i in kept if first <= i.wall <= last and not i.reserve_of)
        ends = [*walls, last]
        for begins, until in zip([first, *walls], ends, strict=True):
            while until - begins >= QUIET:
                begins = (begins.astimezone(UTC) + AFTER).astimezone(first.tzinfo)
                yield begins


def _player(made: Material, one: Decision) -> str | None:
    """Return the key of the player who leads the first region of a decision that somebody leads."""
    leads = {player.region: key for key, player in sorted(made.players.items(), reverse=True)}
    return next((leads[region] for region in one.regions if region in leads), None)


def _inject(made: Material, one: Decision, number: int, time_s: int) -> Inject:
    key = _player(made, one)
    assert key is not None
    leads = made.players[key].region
    assert leads is not None
    own = replace(one, regions=(leads,))
    words = {"when": _hour(made, one, time_s), "what": " ".join(sentences(own, made.words))}
    moment = Moment(time_s, made.number(leads), (), words)
    return made.planner.worded(Following(), moment, number, key)


def _hour(made: Material, one: Decision, time_s: int) -> str:
    """Return the hour of a decision; with its day, where that is another than that of *time_s*."""
    civil = Civil.of(made.scenario)
    same = civil.day(one.time_s) == civil.day(time_s) and time_s - one.time_s < DAY
    return f"{made.clock.civil(one.time_s):%H:%M}" if same else made.clock.said(one.time_s)
