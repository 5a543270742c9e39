"""Names that have no language yet: a region, or several, put into words when an inject is written."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nspl_sim.exercise.setting.roles import Function, Player
from nspl_sim.paper import numbers
from nspl_sim.paper.language import Language
from nspl_sim.paper.occupancy import short_name
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.text import Text, text

_LAST = str.maketrans("ÅÄÖåäö", "[\\]{|}")
"""Letters that are the last of the Swedish alphabet."""
OFFICIAL = {
    "Jönköping": text("Region Jönköping County"),
    "Kalmar": text("Region Kalmar County"),
    "Södermanland": text("Region Sörmland"),
    "Västra Götaland": text("Region Västra Götaland"),
    "Örebro": text("Region Örebro County"),
}
"""Names of Swedish regions that are more than *Region* and their short name."""


@dataclass(frozen=True)
class Named:
    """A region by its number."""

    region: int


@dataclass(frozen=True)
class Listed:
    """Regions by their numbers, in alphabetical order of names; one that stands several times, so often."""

    regions: Sequence[int]


@dataclass(frozen=True)
class Brief:
    """The title of a mode of transport, without what is added to its name."""

    title: str


@dataclass(frozen=True)
class Inside:
    """A title as it stands inside a sentence, without what is added in brackets."""

    title: str


@dataclass(frozen=True)
class Joined:
    """Several things with semicolons between them, in brackets."""

    several: Sequence[Any]


@dataclass(frozen=True)
class Span:
    """How long something lasted, in seconds."""

    seconds: int


@dataclass(frozen=True)
class Titled:
    """A title in two languages, as it stands after a colon."""

    title: str


def brief(title: str) -> str:
    """Return *title* without what is added to the name of a mode."""
    for end in (" (", ", ", " with ", " med ", "/"):
        title = title.partition(end)[0]
    return title


def in_one_language(title: str, code: str) -> str:
    """Return what is in *code* of a title in two languages: ``Tågolycka / train crash (övning)``."""
    swedish, both, english = title.partition(" / ")
    chosen = english.partition(" (")[0] if both and code != "sv" else swedish
    return chosen[:1].upper() + chosen[1:]


def _inside(name: str) -> str:
    """Return *name* as it stands inside a sentence: ``ambulansflygplan``, but ``PC-24``."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


@dataclass(frozen=True, eq=False)
class Words:
    """Says what injects say, in one language."""

    scenario: Scenario
    language: Language

    def region(self, number: int) -> str:
        """Return ``Region Skåne``, ``Region Kalmar län``: a Swedish region's name by its own statutes."""
        key = self.scenario.region_keys[number]
        name = self.scenario.region_name(key, self.language.code)
        if name.startswith("Region ") or not self.scenario.regions[key].name:
            return name
        short = self.short(number)
        if self.scenario.regions[key].code and short in OFFICIAL:
            return self.language.say(OFFICIAL[short])
        return self.language.say(text("Region {name}", name=short))

    def addressed(self, player: Player, functions: Sequence[Function]) -> str:
        """Return ``Transportsamordnare, Region Skåne``: the first of *functions* that *player* names."""
        found = next((player.functions[one] for one in functions if one in player.functions), None)
        return self.function(player, found) if found else player.name

    def function(self, player: Player, name: str) -> str:
        """Return the function called *name* with whose it is; as it is where it says so itself."""
        staff = self.region(self.scenario.region_keys.index(player.region)) if player.region else player.name
        return name if name.casefold().endswith(f" {staff.casefold()}") else f"{name}, {staff}"

    def short(self, number: int) -> str:
        """Return ``Skåne``."""
        return short_name(self.scenario, self.scenario.region_keys[number], self.language)

    def filled(self, template: Text, words: Mapping[str, Any]) -> str:
        """Return *template* with its places filled from *words* and from what it brings itself."""
        values = {name: self._plain(value) for name, value in {**words, **template.values}.items()}
        return self.language.say(Text(template.template, values))

    def _plain(self, value: Any) -> Any:
        match value:
            case Named():
                return self.region(value.region)
            case Listed():
                return self._listed(value.regions)
            case Brief():
                return _inside(brief(self.language.say(value.title)))
            case Inside():
                return _inside(self.language.say(value.title).partition(" (")[0])
            case Joined():
                return "; ".join(self.language.value(self._plain(one)) for one in value.several)
            case Span():
                return numbers.span(value.seconds, self.language.code)
            case list():
                return [self._plain(one) for one in value]
            case Titled():
                return in_one_language(value.title, self.language.code)
            case Text():
                return self.filled(value, {})
            case _:
                return value

    def _listed(self, regions: Sequence[int]) -> str:
        if not regions:
            return self.language.say(text("nobody"))
        counts = sorted(Counter(regions).items(), key=lambda pair: self.short(pair[0]).translate(_LAST))
        return self.language.listing([f"{self.region(r)}{f' ({n})' if n > 1 else ''}" for r, n in counts])
