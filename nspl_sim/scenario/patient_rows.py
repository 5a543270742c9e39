"""The patient of a row of a table, made fast where nothing is wrong with it.

Of a hundred thousand rows hardly one is wrong, and a register repeats itself. So a row is first put
together from its bare values, without the place of each, and only where the model refuses it is it
read once more for what to say.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from nspl_sim.reading.grid import Raw, blank
from nspl_sim.reading.place import Loc
from nspl_sim.scenario.aliases import RegionNames
from nspl_sim.scenario.streams import GivenPatient

_REMEMBERED = 4096
"""Values that are not looked into again."""

_NOWHERE = "nowhere"
"""The region of everybody where the scenario has none, for which it is refused anyway."""

_Column = tuple[int, str, Callable[[Any], Any]]
"""Where it is, what it holds of a patient or a stage, and what a raw cell of it means: None for nothing."""


class PlainRows:
    """Makes patients of rows whose columns are known."""

    def __init__(self, columns: Mapping[Loc, int], meaning: Callable[[Any], Any], names: RegionNames) -> None:
        """Take where the column of each part of a patient is, what a raw cell means, and the regions."""

        def meant(raw: Any) -> Any:
            return None if blank(raw) else meaning(raw)

        def region(raw: Any) -> Any:
            if blank(raw):
                return None
            return (names.key(meaning(raw)) or "") if names.keys else _NOWHERE

        usual, of_region = (lru_cache(_REMEMBERED, typed=True)(one) for one in (meant, region))
        self._width = max(columns.values()) + 1
        self._own: list[_Column] = []
        stages: dict[int, list[_Column]] = {}
        for loc, column in columns.items():
            found = (column, str(loc[-1]), of_region if loc == ("region",) else usual)
            (self._own if len(loc) == 1 else stages.setdefault(int(loc[1]), [])).append(found)
        self._stages = [stages.get(number, []) for number in range(max(stages, default=-1) + 1)]

    def content(self, raw: Raw) -> dict[str, Any]:
        """Return the patient of *raw* as plain data; a stage that is left out leaves an empty one."""
        values = raw[1]
        if len(values) < self._width:
            values += (None,) * (self._width - len(values))
        content = _given(self._own, values)
        stages = [_given(columns, values) for columns in self._stages]
        while stages and not stages[-1]:
            stages.pop()
        if stages:
            content["stages"] = stages
        return content

    def patient(self, raw: Raw) -> GivenPatient:
        """Return the patient of *raw*; raise ``ValidationError`` where there is none."""
        return GivenPatient.model_validate(self.content(raw))


def _given(columns: list[_Column], values: tuple[Any, ...]) -> dict[str, Any]:
    given = {}
    for column, name, meant in columns:
        value = meant(values[column])
        if value is not None:
            given[name] = value
    return given
