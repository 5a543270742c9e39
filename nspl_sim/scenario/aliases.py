"""The names by which people and registers call a region, and its key.

The stated rule for a region in a table: its key; its Swedish or English name, with or without
*Region* before or *län*, *regionen* or *County* after; its code, also where a spreadsheet dropped the
zero in front (``1`` for ``01``); and for Swedish county codes the county letter and the NUTS 3 code.
Case, accents and punctuation do not matter. A name that would fit two regions fits none.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from nspl_sim.reading.showing import nearest, slug

COUNTIES = {
    "01": ("AB", "SE110"),
    "03": ("C", "SE121"),
    "04": ("D", "SE122"),
    "05": ("E", "SE123"),
    "06": ("F", "SE211"),
    "07": ("G", "SE212"),
    "08": ("H", "SE213"),
    "09": ("I", "SE214"),
    "10": ("K", "SE221"),
    "12": ("M", "SE224"),
    "13": ("N", "SE231"),
    "14": ("O", "SE232"),
    "17": ("S", "SE311"),
    "18": ("T", "SE124"),
    "19": ("U", "SE125"),
    "20": ("W", "SE312"),
    "21": ("X", "SE313"),
    "22": ("Y", "SE321"),
    "23": ("Z", "SE322"),
    "24": ("AC", "SE331"),
    "25": ("BD", "SE332"),
}
"""County letter and NUTS 3 code by the code that Statistics Sweden gives a county."""

_FORMS = (
    "{}",
    "region_{}",
    "{}_lan",
    "{}s_lan",
    "region_{}_lan",
    "region_{}s_lan",
    "{}sregionen",
    "{}_county",
)


KINDS = {
    "icu": ("iva", "intensivvard", "intensiv", "intensive_care", "iva_platser"),
    "ward": ("vard", "vardplats", "vardplatser", "avdelning", "avd", "vardavdelning", "wards"),
}
"""Other names of the kinds of unit that the shipped world has."""


def kind_meant(written: str, kinds: Iterable[str]) -> str | None:
    """Return the one of *kinds* that *written* is another name of."""
    return next((kind for kind in kinds if slug(written) in KINDS.get(kind, ())), None)


class RegionNames:
    """Finds the key of a region that somebody has named."""

    def __init__(self, regions: Mapping[str, Any]) -> None:
        """Take the regions as plain data: ``{key: {name: {sv, en}, code, ...}}``."""
        self.keys = tuple(regions)
        found: dict[str, set[str]] = defaultdict(set)
        for key, region in regions.items():
            for alias in _aliases(key, region if isinstance(region, dict) else {}):
                found[alias].add(key)
        self._keys = {alias: next(iter(keys)) for alias, keys in found.items() if len(keys) == 1}
        self._keys |= {slug(key): key for key in regions}

    def key(self, written: Any) -> str | None:
        """Return the key of the region that *written* names; None when there is none."""
        if isinstance(written, int | float) and not isinstance(written, bool):
            written = f"{written:g}"
        if not isinstance(written, str):
            return None
        alias = slug(written[:200])
        return self._keys.get(alias) or self._keys.get(alias.zfill(2))

    def nearest(self, written: Any) -> str | None:
        """Return the key of the region that was most likely meant."""
        found = self.key(written)
        if found is None:
            alias = nearest(written, self._keys)
            found = self._keys[alias] if alias else None
        return found if found != written else None


def _aliases(key: str, region: Mapping[str, Any]) -> Iterator[str]:
    named = region.get("name")
    names = [key]
    for name in named.values() if isinstance(named, dict) else ():
        names += [name, *re.split(r"[()]", name)] if isinstance(name, str) else []
    for name in _slugs(names):
        yield from (form.format(name) for form in _FORMS)
    code = region.get("code")
    yield from _slugs([code, *COUNTIES.get(code, ())] if isinstance(code, str) else [])


def _slugs(names: Iterable[Any]) -> Iterator[str]:
    yield from (found for name in names if isinstance(name, str) and (found := slug(name)))
