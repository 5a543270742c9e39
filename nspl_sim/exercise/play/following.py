"""What decisions do to the list besides the course: questions that are answered fall away, others follow.

Where nothing falls due for long after a decision, its region is asked what it has led to.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from nspl_sim.exercise.course.timeline import Timeline
from nspl_sim.exercise.listing.inject import Inject
from nspl_sim.exercise.listing.material import Material
from nspl_sim.exercise.play.decision_words import clauses
from nspl_sim.exercise.play.in_force import in_force
from nspl_sim.exercise.setting.roles import Function, Roles
from nspl_sim.exercise.triggers.base import PHONE, Kind, Moment, Wording
from nspl_sim.exercise.triggers.senders import DIRECTOR, Sender
from nspl_sim.policies.decided import Decided
from nspl_sim.policies.decision import Decision
from nspl_sim.policies.rules import Geography
from nspl_sim.scenario.civil import Civil
from nspl_sim.system.simulate import geography
from nspl_sim.vocabulary.clock import DAY, HOUR
from nspl_sim.vocabulary.text import Text, text

QUIET, AFTER = timedelta(minutes=40), timedelta(minutes=20)
"""In the room: so long without an inject is quiet, and a question comes so long after it began."""
APART = timedelta(hours=1)
"""In the room: so long after a question the same player is not asked again."""
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
            "{caller} in {region} at {time}: since {when} this holds. {what} What has it led to so far, who "
            "has been told, and when do you look at it again?"
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
    kept = [one for one in made.planned.injects if not is_answered(one, made, decided, one.time_s)]
    asked = list(_asked(made, kept, decisions))
    injects = sorted([*kept, *asked], key=lambda i: (i.wall, i.time_s, -i.weight, i.inject_id))
    return replace(made, planned=replace(made.planned, injects=tuple(injects)))


def is_answered(one: Inject, made: Material, decided: Decided, time_s: int) -> bool:
    """Return whether *one* asks for a decision that its region has made by *time_s*."""
    if not one.region:
        return False
    region = made.number(one.region)
    if one.code == "ELEKT":
        held = (decided.holds("planned", region, priority, time_s) for priority in PRIORITIES)
        return any(share is not None for share in held)
    if one.code == "BESLUT":
        return decided.holds("receives", region, made.line.icu, time_s) is not None
    return False


@dataclass(frozen=True)
class Question:
    """What a region decided within an hour in the room, to be asked about once."""

    number: int
    """Of the first decision, from 1."""
    player: str
    region: str
    from_s: int
    to_s: int

    def about(self, decisions: Sequence[Decision], time_s: int, known: Geography) -> list[Decision]:
        """Return what of it is in force at *time_s*, when no more than a day has passed."""
        if not self.from_s < time_s <= self.from_s + DAY:
            return []
        now = in_force([one for one in decisions if self.region in one.regions], time_s, known)
        return [one for one in now if one.regions == (self.region,) and self.from_s <= one.time_s < self.to_s]


def _questions(made: Material, decisions: Sequence[Decision]) -> list[Question]:
    """Return the questions in order of time: one for a region and an hour."""
    hour_s, found = round(HOUR * made.clock.tempo), list[Question]()
    numbered = sorted(enumerate(decisions, 1), key=lambda pair: (pair[1].time_s, pair[0]))
    for number, one in numbered:
        key = _player(made, one)
        if key is None:
            continue
        region = made.players[key].region or ""
        if not any(q.region == region and q.from_s <= one.time_s < q.to_s for q in found):
            found.append(Question(number, key, region, one.time_s, one.time_s + hour_s))
    return found


def _asked(made: Material, kept: Sequence[Inject], decisions: Sequence[Decision]) -> Iterator[Inject]:
    """Yield a question in each quiet time, about the first hour of decisions that has not been asked about.

    What has been replaced meanwhile is not asked about, and nobody is asked twice within an hour.
    """
    left, last, known = _questions(made, decisions), dict[str, datetime](), geography(made.scenario)
    for wall in _quiet(made, kept):
        time_s = made.clock.scenario(wall)
        if made.clock.day_of(time_s) < 0:
            continue
        for question in left:
            about = question.about(decisions, time_s, known)
            if about and not (question.player in last and wall - last[question.player] < APART):
                left.remove(question)
                last[question.player] = wall
                yield _inject(made, question, about, time_s)
                break


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


def _inject(made: Material, question: Question, about: Sequence[Decision], time_s: int) -> Inject:
    said = [clause for one in about for clause in clauses(one, made.words)]
    words = {"when": _hour(made, question.from_s, time_s), "what": " ".join(said)}
    moment = Moment(time_s, made.number(question.region), (), words)
    return made.planner.worded(Following(), moment, question.number, question.player)


def _hour(made: Material, decided_s: int, time_s: int) -> Text:
    """Return the hour of a decision; with its day, where that is another than that of *time_s*."""
    civil = Civil.of(made.scenario)
    if civil.day(decided_s) == civil.day(time_s):
        return text("{time} today", time=f"{made.clock.civil(decided_s):%H:%M}")
    return text("{when}", when=made.clock.said(decided_s))
