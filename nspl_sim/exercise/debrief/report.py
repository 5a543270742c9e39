"""The report after the exercise, in the look of the other report: for exercise control and for the review."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from markupsafe import Markup

from nspl_sim import MODEL_VERSION, __version__
from nspl_sim.exercise.course.words import Words
from nspl_sim.exercise.debrief import measures
from nspl_sim.exercise.debrief.answer import Answer
from nspl_sim.exercise.debrief.courses import Branch
from nspl_sim.exercise.debrief.figure import figures
from nspl_sim.exercise.debrief.file import columns
from nspl_sim.exercise.debrief.parted import parted
from nspl_sim.exercise.debrief.quantities import differences
from nspl_sim.exercise.debrief.whole import capital
from nspl_sim.exercise.listing.inject import Inject
from nspl_sim.exercise.listing.material import KEY
from nspl_sim.exercise.play.decision_words import sentences
from nspl_sim.exercise.play.session import Setup
from nspl_sim.exercise.play.state import DROPPED, PLAYED, State
from nspl_sim.paper.naming import marking, scenario_heading
from nspl_sim.paper.numbers import NO_BREAK
from nspl_sim.paper.tables import csv_bytes, marked
from nspl_sim.report.page import labels, rendered, style
from nspl_sim.report.parts import Section, Table
from nspl_sim.vocabulary.text import Text, text

NAME = text("key-debrief")
MOST_APART = 20
"""So many differences are in the table."""
ONE_COURSE = text(
    "This is one course, with the same patients in every column. It shows what happened to them and says "
    "nothing of chance: another time the same decisions may come to something else. For what a plan gives in "
    "general, run many replications."
)


@dataclass(frozen=True, eq=False)
class Debrief:
    """What the report is made of."""

    setup: Setup
    state: State
    branches: Sequence[Branch]

    def say(self, words: Text | str) -> str:
        """Return *words* in the language."""
        return self.setup.language.say(words)

    @property
    def sign(self) -> str:
        """Return the marking."""
        return marking(self.setup.scenario, self.setup.language)

    @property
    def title(self) -> str:
        """Return what the exercise is called."""
        named = self.setup.roles.title
        language = self.setup.language
        return named.in_language(language.code) if named else scenario_heading(self.setup.scenario, language)

    @property
    def words(self) -> Words:
        """Return the names of the scenario."""
        return Words(self.setup.scenario, self.setup.language)

    @cached_property
    def answer(self) -> Answer:
        """Return what the decisions came to."""
        keys = self.setup.scenario.region_keys
        playing = [keys.index(key) for key in self.regions()]
        return Answer(self.branches, self.state.decisions, self.setup.clock, self.words, playing)

    def regions(self) -> list[str]:
        """Return the keys of the regions that play, in the order of their names."""
        keys = self.setup.scenario.region_keys
        played = {one.region for one in self.setup.roles.players.values() if one.region} or set(keys)
        return sorted((k for k in played if k in keys), key=lambda k: self.words.short(keys.index(k)))


def files(made: Debrief) -> dict[str, bytes]:
    """Return the report and its table, by name."""
    name = made.say(NAME)
    table = marked(columns(made.answer), made.setup.language, made.sign)
    return {f"{name}.html": page(made), f"{name}.csv": csv_bytes(table, made.setup.language.code)}


def page(made: Debrief) -> bytes:
    """Return the report."""
    say, language = made.say, made.setup.language
    title = say(text("After the exercise: {title}", title=made.title))
    sections = [section for section in _sections(made) if section]
    return rendered(
        {
            "language": language.code,
            "sender": title,
            "about": _about(made),
            "marking": made.sign,
            "version": say(KEY),
            "first": _first(made),
            "sections": sections,
            "style": style(made.sign, say(KEY), title, say),
            "label": labels(say),
        }
    )


def _about(made: Debrief) -> str:
    clock = made.setup.clock
    said = text(
        "Played: {first} to {last} of the scenario; replication {number}, plan {plan}.",
        first=clock.said(clock.from_s),
        last=clock.said(made.state.now_s),
        number=made.setup.replication,
        plan=made.branches[1].heading,
    )
    if made.state.now_s >= clock.to_s:
        return made.say(said)
    early = text(
        "The clock stopped before ENDEX, {endex}: what is counted goes on to it.",
        endex=clock.said(clock.to_s),
    )
    return f"{made.say(said)} {made.say(early)}"


def _first(made: Debrief) -> dict[str, Any]:
    """Return page one, as the template asks for it."""
    say = made.say
    return {
        "question": say(text("What did the players' decisions come to until ENDEX?")),
        "lead": (),
        "verdict": "",
        "answer": Markup(" ").join(made.answer.marked()),
        "table": made.answer.table(),
        "blocks": [(say(text("What is compared.")), say(_compared(made)))],
        "sure": "",
        "grades": [],
        "inputs": "",
        "after": [
            (
                say(text("What this is not.")),
                say(text("No forecast, no official planning figures, and no verdict on those who played.")),
            )
        ],
    }


def _compared(made: Debrief) -> Text:
    return text(
        "From STARTEX to ENDEX, with all decisions; behind “instead of” and in brackets, the same plan "
        "({plan}) without any, on the same patients. What differs in a region came of all regions' decisions "
        "together. Staffed beds: with surge steps and staff lent, without those of teams away, as on the "
        "telephone list. One course each says nothing of chance.",
        plan=made.branches[1].heading,
    )


HELD = text(
    "Page one tells what held for an hour of the scenario or more, and of equal decisions the first. In the "
    "report decisions hold until ENDEX, {endex}, and are lifted then."
)


def _sections(made: Debrief) -> Iterator[Section]:
    say, language, clock = made.say, made.setup.language, made.setup.clock
    yield _decisions(made)
    yield _parting(made)
    yield Section("hours", say(text("Hour by hour")), figures=figures(made.branches[:2], clock, language))
    yield _injects(made)
    yield _other_plans(made)
    yield _origin(made)


def _other_plans(made: Debrief) -> Section:
    """Return the measures of the whole scenario, other plans' too, with what that is worth."""
    say, language = made.say, made.setup.language
    tables = [measures.of_the_nation(made.branches, made.setup.clock, language)]
    of_regions = measures.of_regions(made.branches, made.regions(), made.setup.clock, made.words)
    tables += [of_regions] if of_regions else []
    window = text(
        "These tables are of the whole scenario, {period}, and not of STARTEX to ENDEX: of everybody who "
        "arrives in it, also before STARTEX and after ENDEX. They cannot be set against page one.",
        period=measures.whole_scenario(made.setup.clock, made.setup.scenario),
    )
    apart = text(
        "The other plans take over at STARTEX, {startex}; up to then every course is the same, event by "
        "event. They go on to the scenario's end, and nobody decides anything in them. Small differences in "
        "deaths between them are luck.",
        startex=made.setup.clock.said(made.setup.clock.from_s),
    )
    heading = say(text("Other plans, from STARTEX"))
    return Section("cost", heading, [say(apart), say(window), say(ONE_COURSE)], tables=tables)


def _decisions(made: Debrief) -> Section:
    say, clock = made.say, made.setup.clock
    rows = [
        [clock.said(one.time_s).replace(" ", NO_BREAK), said]
        for one in sorted(made.state.decisions, key=lambda one: one.time_s)
        for said in sentences(one, made.words)
    ]
    heading, none = say(text("What the players decided")), say(text("Nothing: the course is the plan's own."))
    head = [say(text("Scenario time")), say(text("Decision"))]
    tables = [Table(say(text("Decisions in order of time")), head, rows, words=(1,))] if rows else []
    held = say(Text(HELD.template, {"endex": clock.said(clock.to_s)}))
    return Section("decisions", heading, [held] if rows else [none], tables=tables)


def _parting(made: Debrief) -> Section:
    """Return where the players' course parted from their plan's, and what happened otherwise until ENDEX."""
    say, words, clock = made.say, made.words, made.setup.clock
    players, plan = made.branches[:2]
    heading = say(text("Where it parted"))
    found = parted(players, plan, words)
    if found is None:
        return Section("parted", heading, [say(text("Nowhere: the same happens in both courses."))])
    said = text(
        "The same until {when}. First that is not the same: {what}.",
        when=clock.said(found.time_s),
        what=found.first,
    )
    apart = differences(made.answer.beside)
    rows = [
        [capital(one.title(words)), words.short(one.region), str(one.mine), str(one.theirs)]
        for one in apart[:MOST_APART]
    ]
    head = (text("What"), text("Region"), text("With the decisions"), text("Without"))
    caption = text(
        "What is not the same from STARTEX to ENDEX, {n} of {all}, the largest differences first; all are in "
        "the file {file}",
        n=len(rows),
        all=len(apart),
        file=f"{say(NAME)}.csv",
    )
    tables = [Table(say(caption), [say(h) for h in head], rows, words=(1,))] if rows else []
    return Section("parted", heading, [say(said)], tables=tables)


def _injects(made: Debrief) -> Section:
    """Return what exercise control noted of the injects."""
    say, marks = made.say, made.state.marks
    status = [mark.status for mark in marks.values()]
    said = text(
        "Injects that came due: {due}. Marked as played: {played}; as dropped: {dropped}.",
        due=sum(not one.reserve_of for one in made.state.due.values()),
        played=status.count(PLAYED),
        dropped=status.count(DROPPED),
    )
    noted = [one for one in made.state.due.values() if one.inject_id in marks]
    rows = [_noted(made.state.marked(one, made.setup.language)) for one in noted]
    head = (text("Played at"), text("No."), text("Subject"), text("Status"), text("Outcome"), text("Note"))
    table = Table(say(text("What was noted")), [say(h) for h in head], rows, words=(1, 2, 3, 4, 5))
    return Section("injects", say(text("The injects")), [say(said)], tables=[table] if rows else [])


def _noted(one: Inject) -> list[str]:
    return [
        one.played_at[5:16].replace("T", " "),
        one.inject_id,
        one.subject,
        one.status,
        one.outcome,
        one.note,
    ]


def _origin(made: Debrief) -> Section:
    say, setup = made.say, made.setup
    rows = [
        [say(text("Scenario")), f"{setup.scenario.name} {setup.scenario.fingerprint()}"],
        [say(text("Replication")), str(setup.replication)],
        [say(text("Table of patients")), setup.demand.fingerprint()],
        *([f"{say(text('Journal'))}: {b.heading}", b.course.journal.fingerprint()] for b in made.branches),
        [say(text("Program")), f"nspl_sim {__version__}, {say(text('model'))} {MODEL_VERSION}"],
    ]
    head = [say(text("What")), say(text("Value"))]
    heading = say(text("Where the numbers come from"))
    return Section("provenance", heading, tables=[Table(say(text("Making")), head, rows, words=(1,))])
