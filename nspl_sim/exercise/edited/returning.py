"""An edited list comes back: what people wrote stays, and what a new course would change is shown.

Rows are known by their number. A cell that a person changed wins over the course, a time as well as a
text; rows that people added stay; rows that the new course no longer gives stay too, as dropped, at the end.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from nspl_sim.exercise.edited.changes import Change, Kind
from nspl_sim.exercise.edited.filled import Reader, tells
from nspl_sim.exercise.listing.hand import (
    PROGRAMS,
    aware,
    by_hand,
    has_mark,
    is_overwritten,
    is_timed,
    retimed,
    same_course,
)
from nspl_sim.exercise.listing.hand import Row as Row
from nspl_sim.exercise.listing.inject import COLUMNS, STATUSES, Inject
from nspl_sim.exercise.listing.material import Material
from nspl_sim.exercise.triggers import codes
from nspl_sim.vocabulary.errors import InputRefused

_OURS = re.compile(r"([A-Z]+)-[A-Z0-9-]+-\d\d+(-R)?")
_OF_FIGURES = ("script", "subject", "wall_clock")
"""Columns in which a change makes the figures the leader's."""
_NOTED = ("status", "played_at", "outcome")
"""Columns in which whatever stands is people's."""


def merged(material: Material, rows: Mapping[str, Row]) -> tuple[Material, tuple[Change, ...]]:
    """Return *material* with what people wrote in *rows*, and what is otherwise in the new list.

    Raises ``InputRefused`` where a cell is empty that a card needs, or cannot be meant.
    """
    joining = _Joining(material, rows)
    kept, gone = joining.of_the_course(), joining.own()
    if joining.reader.wrong:
        raise InputRefused(joining.reader.wrong)
    ordered = sorted(kept, key=lambda one: (one[0].wall, not one[0].code, one[0].time_s))
    injects = tuple(one for group in ordered for one in group) + tuple(gone)
    return replace(material, planned=replace(material.planned, injects=injects)), tuple(joining.changes)


class _Joining:
    """The course's rows and the edited ones, on their way into one list."""

    def __init__(self, material: Material, rows: Mapping[str, Row]) -> None:
        self.material = material
        self.rows = rows
        self.reader = Reader(material)
        self.changes: list[Change] = []
        self.dropped = material.say(STATUSES[-1])
        self.groups: list[list[Inject]] = []

    # ------------------------------------------------------------ rows of the course

    def of_the_course(self) -> list[list[Inject]]:
        """Return the course's rows as people left them, each with its contingency inject."""
        before: dict[str, Inject] = {}
        is_same = any(same_course(row, one) for one in self.material.injects if (row := self._row(one)))
        for one in self.material.injects:
            before[one.inject_id] = one
            row = self._row(one)
            if row is None:
                self._add(one, "back" if is_same else "added", "", one.wall_clock)
            made = one if row is None else self._with_own_words(one, row)
            if one.reserve_of:
                made = self._after(made, one, self.groups[-1][0], before[one.reserve_of])
                self.groups[-1].append(made)
            else:
                self.groups.append([made])
            self._tell_of_time(made, one)
        return self.groups

    def _row(self, one: Inject) -> Row | None:
        return self.rows.get(one.inject_id)

    def _with_own_words(self, one: Inject, row: Row) -> Inject:
        """Return *one* with the cells that people filled or changed; of a contingency inject too."""
        zone = self.material.scenario.time_zone
        hand = by_hand(row, one, zone)
        noted = {name: row[name] for name in _NOTED if name in row}
        if "status" in row:
            noted["status"] = self.reader.status(row)
        made = one.changed(**noted)
        is_told = made.status != self.dropped
        made = made.changed(**{name: cell for name, cell in hand.items() if name not in ("wall_clock", "to")})
        made = self._read(made, one, row, hand) if is_told else made.changed(to=hand.get("to", one.to))
        if "wall_clock" in hand and is_told:
            when = self.reader.moment(row, one.wall)
            made = self._at(made, when) if when else made
        elif "wall_clock" in row and "wall_clock" not in hand:
            before = aware(row["wall_clock"], zone)
            if before != one.wall_clock:
                self._add(one, "moved", before, one.wall_clock)
        if "script" not in hand and row.get("script", one.script) != one.script:
            self._add(one, "reworded", row["script"], one.script)
        self._tell_of_hand(made, one, (*noted, *hand))
        self._tell_of_the_programs(made, one, row)
        return made

    def _read(self, made: Inject, one: Inject, row: Row, hand: Mapping[str, str]) -> Inject:
        """Return *made* with the cells by hand that mean something as they are meant."""
        if "script" in hand:
            script, was_bare = self.reader.script(row)
            made = made.changed(script=script)
            if was_bare:
                self._add(one, "called", row["script"], script)
        if "subject" in hand:
            made = made.changed(subject=self.reader.subject(row))
        if "objective" in hand:
            made = made.changed(objective=self.reader.aims(row))
        if "to" in hand:
            to, player = self.reader.receiver(row, one.region)
            made = made.changed(to=to, player=player)
        if "controller" in hand:
            made = made.changed(controller=self.reader.controller(row) or one.controller)
        elif made.player and made.player != one.player:
            made = made.changed(controller=self._controller_of(made.player))
        return made

    def _controller_of(self, player: str) -> str:
        return self.material.planner.controller_of(self.material.players[player]).name

    def _after(self, made: Inject, one: Inject, parent: Inject, was: Inject) -> Inject:
        """Return a contingency inject that follows its *parent*: later with it, to whom it goes, dropped."""
        clock = self.material.clock
        stays = made.wall_clock != one.wall_clock or one.wall.date() != was.wall.date()
        if parent.wall_clock != was.wall_clock and not stays:
            due = clock.played_from(parent.wall, self.material.roles.limits.reserve_minutes)
            when = min(due, clock.evening(clock.day_of(parent.time_s))).isoformat(timespec="minutes")
            made = self._at(made, when)
            made = made.changed(time_s=parent.time_s)
        if (parent.to, parent.player) != (was.to, was.player) and made.to == one.to:
            made = made.changed(to=parent.to, player=parent.player)
            self._add(one, "yours", one.to, made.to, "to")
        if parent.controller != was.controller and made.controller == one.controller:
            made = made.changed(controller=parent.controller)
        played = self.material.say(STATUSES[-2])
        if parent.status == self.dropped and made.status != played:
            made = made.changed(status=self.dropped)
        return made

    def _at(self, one: Inject, wall_clock: str) -> Inject:
        """Return *one* at another time in the room, with the scenario's time that goes with it."""
        clock, wall = self.material.clock, datetime.fromisoformat(wall_clock)
        time_s = clock.scenario(wall)
        moved = one.changed(
            wall_clock=wall_clock,
            offset=clock.offset(wall),
            not_before=wall.strftime("%Y-%m-%d %H:%M"),
            scenario_time=clock.said(time_s),
            time_s=time_s,
            move=self.material.planner.move(time_s),
        )
        return retimed(moved)

    # ------------------------------------------------------------ rows of their own

    def own(self) -> list[Inject]:
        """Add the rows that people added; return those that this course does not give, as dropped."""
        fresh, gone = {i.inject_id for i in self.material.injects}, []
        for number, row in self.rows.items():
            if number in fresh:
                continue
            ours = _OURS.fullmatch(number)
            if ours and ours[1] in codes():
                zone, start = self.material.scenario.time_zone, self.material.clock.startex
                was = aware(row.get("wall_clock", ""), zone)
                cells = {name: row.get(name, "") for name in COLUMNS} | {"status": self.dropped}
                cells["wall_clock"] = was or start.isoformat(timespec="minutes")
                gone.append(Inject(**cells))  # type: ignore[arg-type]
                self._add(gone[-1], "gone", was, "")
            else:
                self.groups.append([self._from_row(row)])
        return gone

    def _from_row(self, row: Row) -> Inject:
        """Return a row that a person added: at its time, with the receiver who is named."""
        material, reader, number = self.material, self.reader, row["inject_id"]
        cells = {name: row.get(name, "") for name in COLUMNS}
        cells |= {"inject_id": number, "status": reader.status(row)}
        cells["source"] = "" if has_mark(row) else cells["source"]
        cells["marking"] = cells["marking"] or material.sign
        cells["wall_clock"] = material.clock.startex.isoformat(timespec="minutes")
        if cells["status"] == self.dropped:
            return self._at(Inject(**cells), cells["wall_clock"])  # type: ignore[arg-type]
        region = row.get("region", "").strip()
        cells["to"], player = reader.receiver(row, region)
        cells["script"], was_bare = reader.script(row)
        cells |= {"subject": reader.subject(row), "objective": reader.aims(row)}
        cells["controller"] = reader.controller(row)
        if player:
            cells["controller"] = cells["controller"] or self._controller_of(player)
            cells["region"] = region or material.players[player].region or ""
        when = reader.moment(row, material.clock.startex)
        made = self._at(Inject(**cells, player=player), when or cells["wall_clock"])  # type: ignore[arg-type]
        self._add(made, "own", "", made.wall_clock)
        if was_bare:
            self._add(made, "called", row["script"], made.script)
        return made

    # ------------------------------------------------------------ what is told of it

    def _add(self, one: Inject, kind: Kind, before: str, now: str, column: str = "") -> None:
        self.changes.append(Change(one.inject_id, kind, before, now, column))

    def _tell_of_hand(self, made: Inject, one: Inject, names: tuple[str, ...]) -> None:
        """Tell what people changed in a row, cell by cell; a controller who follows the receiver too."""
        for name in dict.fromkeys((*names, "controller")):
            was, now = getattr(one, name), getattr(made, name)
            if was != now:
                self._add(one, "kept" if name in _OF_FIGURES else "yours", was, now, name)

    def _tell_of_the_programs(self, made: Inject, one: Inject, row: Row) -> None:
        """Tell of changes that are not kept; a changed time of the scenario is refused."""
        if is_timed(row) and row["scenario_time"].strip() != made.scenario_time:
            self.reader.not_by_hand(row)
        for name in PROGRAMS if is_overwritten(row) else ():
            if " ".join(row[name].split()) != " ".join(getattr(one, name).split()):
                self._add(one, "unkept", row[name], getattr(one, name), name)

    def _tell_of_time(self, made: Inject, one: Inject) -> None:
        """Tell of a text that says the clock time before it was moved."""
        clock = self.material.clock
        if made.time_s == one.time_s or made.status == self.dropped:
            return
        before, now = (f"{clock.civil(i.time_s):%H:%M}" for i in (one, made))
        if before != now and (tells(made.script, before) or tells(made.subject, before)):
            self._add(one, "other_time", before, now)
