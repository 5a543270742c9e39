"""A moment in words: who says what to whom on which channel, and what is said if nothing comes of it."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from nspl_sim import MODEL_VERSION
from nspl_sim.exercise.course.facts import Fact, named
from nspl_sim.exercise.course.timeline import Timeline
from nspl_sim.exercise.course.words import Words
from nspl_sim.exercise.listing.inject import STATUSES, Inject
from nspl_sim.exercise.setting.clock import ExerciseClock
from nspl_sim.exercise.setting.roles import Controller, Player, Roles
from nspl_sim.exercise.triggers import Moment, Trigger, Wording
from nspl_sim.exercise.triggers.senders import Sender
from nspl_sim.paper.language import Language, in_all
from nspl_sim.paper.naming import marking
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.text import Text, text

OFFICE = "office"
"""Key of the joint office where no roles say another."""

_TYPES = {
    "inject": text("inject"),
    "information": text("information"),
    "media": text("media"),
    "briefing": text("briefing"),
}
_FORMS = {
    "methane": text("METHANE form"),
    "icu-report": text("table of intensive care and of regions"),
    "icu-late": text("late table"),
    "region-report": text("figures of the region"),
}
_STOPS = (".", "?", "!", "…", '"', "»", "”", ":")
_IN_THE_OPEN = ("FM", "ALLIERAD", "EVAK", "SAMBAND")
"""Codes whose injects may not be sent in the open."""


@dataclass(frozen=True, eq=False)
class Writer:
    """Puts the moments of one course into words of one language."""

    scenario: Scenario
    plan_name: str
    line: Timeline
    roles: Roles
    clock: ExerciseClock
    language: Language

    @cached_property
    def words(self) -> Words:
        """Return the names of the scenario in the language."""
        return Words(self.scenario, self.language)

    @cached_property
    def sign(self) -> str:
        """Return the marking of every page."""
        return marking(self.scenario, self.language)

    @cached_property
    def players(self) -> dict[str, Player]:
        """Return who plays, by key; the roles' own, or every region and the joint office."""
        if self.roles.players:
            return dict(self.roles.players)
        say, regions = self.language.say, range(len(self.scenario.region_keys))
        duty = text("Special medical command, {region}")
        every = {
            self.scenario.region_keys[r]: Player(
                name=say(Text(duty.template, {"region": self.words.region(r)})),
                region=self.scenario.region_keys[r],
            )
            for r in regions
        }
        return every | {OFFICE: Player(name=say(text("The joint office")))}

    def worded(self, trigger: Trigger, moment: Moment, ordinal: int, key: str) -> Inject:
        """Return the inject that *moment* becomes for the player called *key*."""
        say, player = self.language.say, self.players[key]
        wording = moment.wording or trigger.wording
        region = self.scenario.region_keys[moment.region] if moment.region >= 0 else ""
        wall = self.clock.wall(moment.time_s)
        assert wall is not None
        sender = self.sender_of(trigger, moment, player)
        when = f"{self.clock.civil(moment.time_s):%H:%M}"
        number = f"{trigger.code}-{(region or 'nation').upper().replace('_', '-')}-{ordinal:02}"
        found = Inject(
            inject_id=number,
            status=say(STATUSES[0]),
            scenario_time=self.clock.said(moment.time_s),
            offset=self.clock.offset(wall),
            wall_clock=wall.isoformat(timespec="minutes"),
            move=self.move(moment.time_s),
            event=self._storyline(trigger, moment),
            type=say(_TYPES[moment.kind or trigger.kind]),
            sender=self.words.filled(sender.name, {}),
            to=self.words.addressed(player, trigger.functions),
            delivery=say(trigger.channel),
            subject=self.words.filled(wording.subject, {"time": when}),
            script=self.script(wording.script, moment, sender),
            attachment=say(_FORMS[moment.attachment]) if moment.attachment else "",
            objective=self._aims(trigger.code),
            expected_action=self._expected(wording, moment),
            contingency=self._if_not(wording, number, wall, moment.time_s),
            controller=self.controller_of(player).name,
            evaluator_note=say(wording.question),
            region=region,
            evidence=self._evidence(moment.facts),
            rank="",
            answer=self.words.filled(moment.answer, {}) if moment.answer else "",
            source=self._source(trigger.code),
            marking=self.sign,
            open_channel=say(text("no") if trigger.code in _IN_THE_OPEN else text("yes")),
            not_before=wall.strftime("%Y-%m-%d %H:%M"),
            time_s=moment.time_s,
            player=key,
            code=trigger.code,
            facts=moment.facts,
            form=moment.attachment,
            number=moment.event,
            weight=trigger.weight if moment.weight is None else moment.weight,
            note=say(text("To be approved by the exercise leader before it is played."))
            if trigger.kind == "media"
            else "",
        )
        return self._with_reserve(found, wording, moment, sender)

    def _expected(self, wording: Wording, moment: Moment) -> str:
        """Return what the players are expected to do, and what is right where there is such an answer."""
        said = self.language.say(wording.expected)
        return f"{said} {self.words.filled(moment.right, {})}" if moment.right else said

    def sender_of(self, trigger: Trigger, moment: Moment, player: Player) -> Sender:
        """Return who sends what *moment* becomes: nobody with a function that *player* plays."""
        return (moment.sender or trigger.sender).beside(player.functions)

    def script(self, template: Text, moment: Moment, sender: Sender) -> str:
        """Return a text to read, with the exercise's call at both ends where the scenario is one."""
        region = self.words.region(moment.region) if moment.region >= 0 else ""
        told = {**moment.words, "region": region, "time": f"{self.clock.civil(moment.time_s):%H:%M}"}
        told["caller"] = sender.caller
        said = self.words.filled(template, told)
        return self.called(said[:1].upper() + said[1:])

    def called(self, said: str) -> str:
        """Return *said* with the exercise's call at each end that lacks it, where the scenario is one."""
        if not self.scenario.exercise:
            return said
        call = self.language.say(text("EXERCISE EXERCISE EXERCISE"))
        calls = tuple(in_all(text("EXERCISE EXERCISE EXERCISE")))
        bare = said.rstrip().casefold()
        ends = bare.rstrip('.!"»”').endswith(calls)
        said = said if ends else f"{said}{'' if bare.endswith(_STOPS) else '.'} {call}."
        return said if bare.lstrip('"»”').startswith(calls) else f"{call}. {said}"

    def _with_reserve(self, one: Inject, wording: Wording, moment: Moment, sender: Sender) -> Inject:
        """Return *one* with its contingency inject, if its wording has any."""
        local = self._reserve_due(wording, one.wall, moment.time_s)
        if wording.contingency is None or local is None:
            return one
        due_s = self.clock.scenario(local)
        is_evening = local == self.clock.evening(self.clock.day_of(moment.time_s))
        reserve = replace(
            one,
            inject_id=f"{one.inject_id}-R",
            type=self.language.say(text("contingency inject")),
            script=self.script(wording.contingency, moment, sender),
            scenario_time=self.clock.said(due_s),
            wall_clock=local.isoformat(timespec="minutes"),
            offset=self.clock.offset(local),
            move=one.move if is_evening else self.move(due_s),
            not_before=local.strftime("%Y-%m-%d %H:%M"),
            contingency="",
            attachment="",
            form="",
            reserve_of=one.inject_id,
            note=self.language.say(text("Only if nothing has come of {number}.", number=one.inject_id)),
        )
        return replace(one, reserve=reserve)

    def _reserve_due(self, wording: Wording, wall: datetime, time_s: int) -> datetime | None:
        """Return when the contingency inject is due: some minutes after *wall*, or the next morning."""
        if wording.contingency is None:
            return None
        day, minutes = self.clock.day_of(time_s), self.roles.limits.reserve_minutes
        due = self.clock.played_from(wall, minutes)
        if due <= self.clock.evening(day):
            return due
        return self.clock.morning(day + 1) if day + 1 < self.clock.days else None

    def _if_not(self, wording: Wording, number: str, wall: datetime, time_s: int) -> str:
        due, minutes = self._reserve_due(wording, wall, time_s), self.roles.limits.reserve_minutes
        if due is None:
            return ""
        if due.date() != wall.date():
            return self.language.say(text("{number}-R the next morning", number=number))
        return self.language.say(text("{number}-R after {minutes} min", number=number, minutes=minutes))

    def move(self, time_s: int) -> str:
        """Return the day and the half of it: ``Day 1, first half``."""
        day, say = self.clock.day_of(time_s), self.language.say
        is_early = time_s - self.clock.begins_s(day) < self._half_s(day)
        half = text("first half") if is_early else text("second half")
        return say(text("Day {day}, {half}", day=day + 1, half=half))

    def _half_s(self, day: int) -> float:
        """Return the played seconds of the scenario in the first half: up to the break nearest the middle.

        A break in the first or the last quarter of the day parts nothing: then it is the middle itself.
        """
        whole_s = self.clock.played_s / self.clock.tempo
        gone, found = 0, []
        for begins, ends in self.clock.pauses(day):
            found.append(begins - gone)
            gone += ends - begins
        nearest = min(found, key=lambda into: abs(into - whole_s / 2), default=whole_s / 2)
        half = nearest if whole_s / 4 <= nearest <= whole_s * 3 / 4 else whole_s / 2
        return half * self.clock.tempo

    def _storyline(self, trigger: Trigger, moment: Moment) -> str:
        title = self.language.say(trigger.title)
        return f"{title}, {self.words.short(moment.region)}" if moment.region >= 0 else title

    def _aims(self, code: str) -> str:
        aims = [
            one.title.in_language(self.language.code)
            for one in self.roles.aims.values()
            if code in one.triggers
        ]
        return "; ".join(aims)

    def controller_of(self, player: Player) -> Controller:
        """Return who plays everybody else for *player*."""
        named = (c for c in self.roles.controllers if c.regions and player.region in c.regions)
        rest = next(c for c in self.roles.controllers if c.regions is None)
        return next(named, rest)

    def _evidence(self, facts: tuple[Fact, ...]) -> str:
        """Return the facts in words: ``Skåne: patients in beds 58; in line for a bed 3 (D+3 10:00)``."""
        if not facts:
            return ""
        told, before, kinds = [], -1, self.line.course.kinds
        for fact in facts:
            where = f"{self.words.short(fact.region)}: " if fact.region not in (-1, before) else ""
            told.append(f"{where}{self.words.filled(named(fact, kinds), {})} {fact.value}")
            before = fact.region
        return f"{'; '.join(told)} ({self.clock.said(facts[0].time_s)})"

    def _source(self, code: str) -> str:
        return self.language.say(
            text(
                "{code}; scenario {name} {fingerprint}; plan {plan}; replication {number}; model {model}",
                code=code,
                name=self.scenario.name,
                fingerprint=self.scenario.fingerprint()[:12],
                plan=self.plan_name,
                number=self.line.replication,
                model=MODEL_VERSION,
            )
        )
