"""A spreadsheet with a row for each region: what holds now, and beside it a yellow cell for one's own figure.

It is read straight back as a ``region_table`` (:mod:`nspl_sim.scenario.region_table`): columns that end
in ``_default`` are not read, and an empty cell keeps what holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from nspl_sim.reading.showing import slug

MOST = 1_000_000
_MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Written into the file, so that the same world gives the same bytes."""

_WORDS: dict[str, dict[str, str]] = {
    "sv": {
        "language": "sv",
        "sheet": "kapacitet",
        "read_me": "läs mig",
        "now": "nu",
        "own": "eget tal",
        "key": "Nyckel",
        "region": "Regionens namn",
        "icu": "IVA-platser",
        "ward": "Vårdplatser",
        "beds": "Platser: {name}",
        "icu_teams": "IVA-team",
        "vehicles": "Fordon: {name}",
        "icu_ambulance": "IVA-ambulanser",
        "ambulance": "Ambulanser för överflyttning",
        "helicopter": "Helikoptrar",
        "aircraft": "Ambulansflygplan",
        "wrong": "Fel tal",
        "whole": "Skriv ett heltal från 0 till 1 000 000, eller lämna cellen tom.",
        "no_marking": "EJ SÄKERHETSSKYDDSBEDÖMD – SPRIDS INTE",
        "page": "Sida",
        "how": "Fyll i de gula cellerna. Tomma celler behåller talet till vänster (nu).\n"
        "Bara heltal. En plats är en disponibel vårdplats, alltså en plats med personal.\n"
        "Ändra inte rad 2: där står namnen som programmet läser.\n"
        "Spara filen i samma mapp som scenariot och skriv i scenariot: region_table: FILENS_NAMN.xlsx\n"
        "Talen i kolumnerna nu är programmets egna och inga officiella planeringstal.",
    },
    "en": {
        "language": "en",
        "sheet": "capacity",
        "read_me": "read me",
        "now": "now",
        "own": "your figure",
        "key": "Key",
        "region": "Name of the region",
        "icu": "Intensive care beds",
        "ward": "Ward beds",
        "beds": "Beds: {name}",
        "icu_teams": "ICU teams",
        "vehicles": "Vehicles: {name}",
        "icu_ambulance": "ICU ambulances",
        "ambulance": "Ambulances for transfers",
        "helicopter": "Helicopters",
        "aircraft": "Ambulance aircraft",
        "wrong": "Wrong figure",
        "whole": "Write a whole number from 0 to 1,000,000, or leave the cell empty.",
        "no_marking": "NOT ASSESSED FOR PROTECTIVE SECURITY – DO NOT DISTRIBUTE",
        "page": "Page",
        "how": "Fill in the yellow cells. Empty cells keep the figure to their left (now).\n"
        "Whole numbers only. A bed is a staffed bed.\n"
        "Leave row 2 as it is: it holds the names that the program reads.\n"
        "Save the file in the folder of the scenario and write there: region_table: NAME_OF_THE_FILE.xlsx\n"
        "The figures in the columns now are the program's own and no official planning figures.",
    },
}


@dataclass(frozen=True)
class _Figure:
    """One figure of every region: the name of its column, its title, and what holds now."""

    column: str
    title: str
    now: dict[str, Any]


def capacity_sheet(path: Path, world: Mapping[str, Any], language: str = "sv") -> None:
    """Write the workbook for the regions of *world*: plain data as in a scenario file."""
    import xlsxwriter

    words = _WORDS["en" if language == "en" else "sv"]
    texts_stay = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    made = BytesIO()  # so that a full disk meets one plain write, and not a half-closed archive
    with xlsxwriter.Workbook(made, {**texts_stay, "in_memory": True}) as book:
        book.set_properties({"created": _MADE})
        looks = _looks(book)
        sheet = book.add_worksheet(words["sheet"])
        _fill(sheet, world, words, looks)
        read_me = book.add_worksheet(words["read_me"])
        _read_me(read_me, words["how"], looks)
        for page in (sheet, read_me):
            _page(page, str(world.get("marking") or words["no_marking"]), words)
        sheet.repeat_rows(0, 1)
        sheet.repeat_columns(0, 1)
    path.write_bytes(made.getvalue())


def _looks(book: Any) -> dict[str, Any]:
    return {
        "title": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        "head": book.add_format({"font_color": "#595959", "font_size": 8, "bottom": 1}),
        "now": book.add_format({"num_format": "0", "font_color": "#595959"}),
        "own": book.add_format({"num_format": "0", "bg_color": "#FFF2CC", "border": 1, "locked": False}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
    }


def _fill(sheet: Any, world: Mapping[str, Any], words: dict[str, str], looks: dict[str, Any]) -> None:
    """Write the titles, the names that the loader reads, and a row for each region."""
    regions = world["regions"]
    last = len(regions) + 1
    for column, (title, name) in enumerate(((words["key"], "region"), (words["region"], "name"))):
        sheet.write_string(0, column, title, looks["title"])
        sheet.write_string(1, column, name, looks["head"])
    for row, (key, region) in enumerate(regions.items(), 2):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, (region.get("name") or {}).get(words["language"], key))
    for number, figure in enumerate(_figures(world, words)):
        column = 2 + 2 * number
        for offset, word, name in ((0, "now", f"{figure.column}_default"), (1, "own", figure.column)):
            sheet.write_string(0, column + offset, f"{figure.title}, {words[word]}", looks["title"])
            sheet.write_string(1, column + offset, name, looks["head"])
        for row, key in enumerate(regions, 2):
            sheet.write(row, column, figure.now.get(key), looks["now"])
            sheet.write_blank(row, column + 1, None, looks["own"])
        _only_whole(sheet, column + 1, last, words)
    sheet.set_row(0, 62)
    sheet.set_column(0, 1, 19)
    sheet.set_column(2, 60, 12)
    sheet.freeze_panes(2, 2)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _figures(world: Mapping[str, Any], words: dict[str, str]) -> list[_Figure]:
    """Return the figures that a region table may have, in the order of their columns."""
    regions = world["regions"]
    kinds = sorted({kind for region in regions.values() for kind in region.get("units", {})})
    modes = sorted(world.get("transport", {}).get("modes", {}))
    found = []
    for kind in kinds:
        title = words.get(kind) or words["beds"].format(name=kind)
        now = {key: r["units"][kind]["beds"] for key, r in regions.items() if kind in r.get("units", {})}
        found.append(_Figure(slug(f"{kind}_beds"), title, now))
    teams = {key: r.get("icu_teams", 0) for key, r in regions.items()}
    found.append(_Figure("icu_teams", words["icu_teams"], teams))
    for mode in modes:
        now = {key: r.get("vehicles", {}).get(mode, 0) for key, r in regions.items()}
        title = words.get(mode) or words["vehicles"].format(name=mode)
        found.append(_Figure(slug(f"vehicles_{mode}"), title, now))
    return found


def _only_whole(sheet: Any, column: int, last: int, words: dict[str, str]) -> None:
    rule = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": MOST}
    told = {"error_title": words["wrong"], "error_message": words["whole"]}
    sheet.data_validation(2, column, last, column, rule | told)


def _page(sheet: Any, marking: str, words: dict[str, str]) -> None:
    """Set up printing: the marking at the top and bottom of every page."""
    shown = marking.replace("&", "&&")[:200]
    sheet.set_header(f"&C{shown}")
    sheet.set_footer(f"&C{shown}&R{words['page']} &P / &N")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _read_me(sheet: Any, told: str, looks: dict[str, Any]) -> None:
    sheet.set_column(0, 0, 110, looks["wrap"])
    for row, line in enumerate(told.splitlines()):
        sheet.write_string(row, 0, line, looks["wrap"])
    sheet.protect()
