"""The log in words: a sentence or more for each line that is worth one."""

from collections.abc import Mapping, Sequence
from typing import Any

from nspl_sim.exercise.listing.material import Material
from nspl_sim.exercise.play import room
from nspl_sim.exercise.play.decision_words import sentences
from nspl_sim.exercise.play.log import Line
from nspl_sim.exercise.play.replanned import Replanned, counts
from nspl_sim.exercise.play.session import Session
from nspl_sim.exercise.play.state import SAID
from nspl_sim.policies.decision import Decision, What
from nspl_sim.vocabulary.clock import MINUTE
from nspl_sim.vocabulary.text import Text, text

MOST_NAMED = 8
LONG = 30
"""Minutes in the room without an inject that are told of."""


def told(line: Line, material: Material) -> list[str]:
    """Return what a line of the log says; nothing for lines that say nothing to people."""
    say, clock = material.say, material.clock
    match line["do"]:
        case "begin":
            return [say(text("The exercise was prepared."))]
        case "step":
            when, n = clock.said(line["now_s"]), len(line["due"])
            return [say(text("The clock goes to {when}; injects that come due: {n}.", when=when, n=n))]
        case "mark":
            return [say(_marked(line))]
        case "decide":
            decision = _decision(line)
            when = clock.said(decision.time_s)
            said = sentences(decision, material.words)
            return [say(text("Decision, from {when}. {what}", when=when, what=one)) for one in said]
        case "planned":
            return [counts(Replanned.read(line), material.language)]
        case "undo":
            return taken_back(line, material)
        case "back":
            return [say(text("The clock goes back to {when}.", when=clock.said(line["now_s"])))]
        case "remark":
            return [line["words"]]
        case _:
            return []


def _marked(line: Line) -> Text:
    said = {"number": line["inject_id"], "words": line.get("outcome") or line.get("note") or ""}
    match line.get("status"):
        case "played":
            return text("{number} is played. {words}", **said)
        case "dropped":
            return text("{number} is dropped. {words}", **said)
        case _ if line.get("outcome"):
            return text("{number}, outcome: {words}", **said)
        case _:
            return text("{number}, note: {words}", **said)


def taken_back(line: Line, material: Material) -> list[str]:
    """Return what a line of the log takes back."""
    say, clock = material.say, material.clock
    said = [
        text("Taken back: the decision from {when}. {what}", when=clock.said(one.time_s), what=what)
        for one in map(_decision, line["decisions"])
        for what in sentences(one, material.words)
    ]
    said += [text("Taken back: what was marked of {number}.", number=number) for number in line["marks"]]
    return [say(one) for one in said]


def _decision(said: Mapping[str, Any]) -> Decision:
    return Decision(said["at_s"], tuple(said["regions"]), What.model_validate(said["what"]))


def quiet(session: Session) -> str:
    """Return what comes next, and where that is long, what the decisions have taken away."""
    say, later = session.setup.language.say, [one for one in session.next if not one.reserve_of]
    if not later:
        said = say(text("Nothing more falls due before ENDEX."))
    else:
        minutes = round((later[0].wall - session.room).total_seconds() / MINUTE)
        wall = later[0].wall
        if room.day_of(session.clock, wall) != session.day:
            return say(text("Nothing more falls due today."))
        said = say(text("Next falls due at {time}, in {n} min.", time=f"{wall:%H:%M}", n=minutes))
        if minutes < LONG:
            return said
    there = {one.inject_id for one in session.injects}
    gone = {n: None for line in session.log.lines if line["do"] == "planned" for n in line["gone"]}
    away = [number for number in gone if number not in there and not number.endswith("-R")]
    if away and has_calmed(session):
        said += " " + say(
            text(
                "The course has quietened since the decisions: what these injects told of does not happen "
                "now: {which}.",
                which=_named(away),
            )
        )
    return said


def has_calmed(session: Session) -> bool:
    """Return whether no region is full, and fewer wait for intensive care than at the first decision."""
    line, now_s = session.course.line, session.now_s
    since_s = min((one.time_s for one in session.state.decisions), default=now_s)
    able = [region for region in line.regions if line.has(region, line.icu)]

    def total(of: str, time_s: int) -> list[int]:
        return [line.level(of, region, line.icu, time_s).value for region in able]

    fewer = sum(total("waiting", now_s)) < sum(total("waiting", since_s))
    return fewer and all(free > 0 for free in total("free", now_s))


def falling(session: Session, to_s: int) -> list[str]:
    """Return what going back to *to_s* takes away: decisions, and what was noted of injects."""
    material, say = session.course, session.setup.language.say
    decisions, marks = session.state.falls_away(to_s)
    lost = []
    for one in sorted(decisions, key=lambda d: d.time_s):
        when = material.clock.said(one.time_s)
        lost += [f"  {when} {said}" for said in sentences(one, material.words)]
    for number, mark in marks.items():
        words = " ".join(filter(None, (mark.outcome, mark.note)))
        lost.append(
            f"  {number}: {say(SAID[mark.status]) if mark.status else say(text('noted'))}. {words}".rstrip()
        )
    lost = [say(text("This falls away:")), *lost] if lost else []
    due = [one.inject_id for one in session.due if one.time_s > to_s]
    if due:
        again = text("Told and not marked, and told once more: {n} ({which}).", n=len(due), which=_named(due))
        lost.append(say(again))
    return lost


def _named(numbers: Sequence[str]) -> str:
    more = " …" if len(numbers) > MOST_NAMED else ""
    return ", ".join(numbers[:MOST_NAMED]) + more


def hour_and_day(session: Session) -> str:
    """Return where the exercise is: the scenario's time, and the time in the room."""
    language, clock = session.setup.language, session.clock
    wall = room.said(clock, session.room, language)
    return language.say(text("{when} · {wall} in the room", when=clock.said(session.now_s), wall=wall))


def day_over(session: Session) -> list[str]:
    """Return that the day or the exercise is over, what nobody has marked, and what comes next."""
    language, clock = session.setup.language, session.clock
    at, day = f"{session.room:%H:%M}", session.day
    ends = text("ENDEX, {time}: the exercise is over.", time=at)
    said = [ends if session.is_over else text("Day {n} ends, {time}.", n=day + 1, time=at)]
    left = [one.inject_id for one in session.due]
    if left:
        said.append(text("Not marked: {n}. {which}", n=len(left), which=", ".join(left)))
    if session.is_over:
        folder = session.log.path.parent
        said.append(text("The report after the exercise: nspl debrief {folder}", folder=folder))
    else:
        morning = room.said(clock, clock.morning(day + 1), language)
        there = clock.said(clock.begins_s(day + 1))
        said.append(text("Next: {morning}; then it is {when}.", morning=morning, when=there))
    return [language.say(one) for one in said]
