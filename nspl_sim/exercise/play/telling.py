"""The log in words: a sentence or more for each line that is worth one."""

from collections.abc import Sequence
from datetime import datetime

from nspl_sim.exercise.counted import counted
from nspl_sim.exercise.material import Material
from nspl_sim.exercise.play import room
from nspl_sim.exercise.play.decision_words import sentences
from nspl_sim.exercise.play.log import Line
from nspl_sim.exercise.play.session import Replanned, Session
from nspl_sim.exercise.play.state import SAID
from nspl_sim.policies.decision import Decision, What
from nspl_sim.system.simulate import geography
from nspl_sim.vocabulary.care import Event
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
            decision = Decision(line["at_s"], tuple(line["regions"]), What.model_validate(line["what"]))
            when = clock.said(decision.time_s)
            said = sentences(decision, material.words)
            return [say(text("Decision, from {when}. {what}", when=when, what=one)) for one in said]
        case "planned":
            return changes(_replanned(line), material)
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


def _replanned(line: Line) -> Replanned:
    moved = tuple((one[0], one[1], one[2]) for one in line["moved"])
    return Replanned(tuple(line["added"]), moved, tuple(line["gone"]), tuple(line["reworded"]))


def changes(found: Replanned, material: Material) -> list[str]:
    """Return what is otherwise in what is to come, a sentence for each sort."""
    say = material.say
    if not found:
        return [say(text("Nothing that is to come is otherwise."))]
    moved = [
        f"{number} ({_hour(before, material)} → {_hour(now, material)})"
        for number, before, now in found.moved
    ]
    sorts: tuple[tuple[Text, Sequence[str]], ...] = (
        (text("added"), found.added),
        (text("moved"), moved),
        (text("gone"), found.gone),
        (text("other words"), found.reworded),
    )
    return [
        say(text("{sort}: {count}. {which}", sort=sort, count=len(which), which=_named(which)))
        for sort, which in sorts
        if which
    ]


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
    if away and session.state.decisions:
        said += " " + say(
            text(
                "The course has quietened since the decisions: what these injects told of does not happen "
                "now: {which}.",
                which=_named(away),
            )
        )
    return said


def opening(decisions: Sequence[Decision], session: Session) -> list[str]:
    """Return when the beds open that *decisions* call for, step by step, as the course now goes."""
    course, clock = session.course.line.course, session.clock
    words, say = session.course.words, session.setup.language.say
    surge, journal, told_so = geography(course.scenario).surge_beds, course.journal, []
    asked = [(one, region) for one in decisions if one.what.surge_steps for region in one.regions]
    for one, key in asked:
        region, kind = course.regions.index(key), course.kind_number(one.what.kind)
        rows = journal.where(Event.OPENED)
        rows = rows[(journal.region[rows] == region) & (journal.unit[rows] == kind)]
        rows = rows[(journal.time_s[rows] >= one.time_s) & (journal.detail[rows] <= one.what.surge_steps)]
        first = {int(journal.detail[row]): int(journal.time_s[row]) for row in rows[::-1]}
        for step, time_s in sorted(first.items()):
            beds = counted(surge[region, kind][step - 1], "beds")
            where = {"region": words.short(region), "step": step, "beds": beds, "when": clock.said(time_s)}
            late = text("{region}: step {step}, {beds}, opens {when}: after ENDEX.", **where)
            told_so.append(
                say(
                    late
                    if time_s > clock.to_s
                    else text("{region}: step {step}, {beds}, opens {when}.", **where)
                )
            )
        if not first:
            told_so.append(say(text("{region}: no further step opens.", region=words.short(region))))
    return told_so


def _hour(wall_clock: str, material: Material) -> str:
    return room.hour(material.clock, datetime.fromisoformat(wall_clock), -1, material.language)


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
    return [say(text("This falls away:")), *lost] if lost else []


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
