"""All that the exercise's papers are made of: the course, the list, the roles, the clock, the language."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from nspl_sim.exercise.course.timeline import Timeline
from nspl_sim.exercise.course.words import Words
from nspl_sim.exercise.listing.inject import STATUSES, Inject
from nspl_sim.exercise.listing.planning import Plan, Planner
from nspl_sim.exercise.setting.clock import ExerciseClock
from nspl_sim.exercise.setting.roles import Player, Roles
from nspl_sim.paper.language import Language
from nspl_sim.policies.decision import Decision
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.text import Text, text

Form = Literal["seminar", "staff", "joint"]

KEY = text("KEY – for exercise control only, never for players")
PLAYERS = text("For players, handed out by exercise control")


@dataclass(frozen=True, eq=False)
class Material:
    """What every paper asks for."""

    planner: Planner
    planned: Plan
    form: Form
    decisions: Sequence[Decision] = ()
    """What players have decided in the course."""

    @property
    def injects(self) -> tuple[Inject, ...]:
        """Return the list."""
        return self.planned.injects

    @cached_property
    def told(self) -> tuple[Inject, ...]:
        """Return what is to be told: the list without what is dropped."""
        dropped = self.say(STATUSES[-1])
        return tuple(one for one in self.injects if one.status != dropped)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Return the number of each card, from 1 in order of time; a dropped one keeps its own.

        A briefing has no card, nor has a row of one's own to a controller: they have no number.
        """
        cards = (i for i in self.injects if (i.player or i.code) and i.code != "GENOMG")
        own = (i.inject_id for i in cards if not i.reserve_of)
        return {inject_id: number for number, inject_id in enumerate(own, start=1)}

    @cached_property
    def by_time(self) -> tuple[Inject, ...]:
        """Return what is to be told by its time in the room; of one minute in the order of the cards."""
        return tuple(sorted(self.told, key=lambda one: (one.wall, bool(one.reserve_of))))

    @property
    def scenario(self) -> Scenario:
        """Return the world."""
        return self.planner.scenario

    @property
    def line(self) -> Timeline:
        """Return the course."""
        return self.planner.line

    @property
    def roles(self) -> Roles:
        """Return who plays and who is simulated."""
        return self.planner.roles

    @property
    def clock(self) -> ExerciseClock:
        """Return the exercise clock."""
        return self.planner.clock

    @property
    def language(self) -> Language:
        """Return the language of all papers."""
        return self.planner.language

    @property
    def words(self) -> Words:
        """Return the names of the scenario."""
        return self.planner.words

    @property
    def players(self) -> dict[str, Player]:
        """Return who plays, by key."""
        return self.planner.players

    @property
    def sign(self) -> str:
        """Return the marking."""
        return self.planner.sign

    @cached_property
    def title(self) -> str:
        """Return what the exercise is called."""
        named = self.roles.title or self.scenario.title
        return named.in_language(self.language.code) if named else self.scenario.name

    def say(self, words: Text | str) -> str:
        """Return *words* in the language."""
        return self.language.say(words)

    def number(self, region: str | None) -> int:
        """Return the number of the region called *region*; -1 for the joint office."""
        return self.scenario.region_keys.index(region) if region else -1
