"""The figure: every region in its place, the worst named, the marking on it, the same bytes twice."""

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from nspl_sim.paper.figure import _spread, grid, write
from nspl_sim.paper.language import Language
from nspl_sim.paper.occupancy import Panel, finding, in_words, occupancy, short_name
from tests.unit.paper_batches import batch, world

ROOT = Path(__file__).resolve().parents[2]
SV, EN = Language("sv"), Language("en")
VALUES = [{"deaths_all": [1.0, 2.0, 3.0]}] * 2


def shown(language: Language = SV):  # type: ignore[no-untyped-def]
    found = occupancy(batch([world()], ("today", "coordinated"), VALUES), 1, 0, language)
    assert found is not None
    return found


def test_quantiles_are_shares_of_ordinary_beds_and_full_is_counted() -> None:
    found = shown()
    a = found.regions[0]
    assert (a.name, a.beds) == ("a", 4)
    assert np.all(a.nine[0] <= a.half[0]) and np.all(a.half[1] <= a.nine[1])
    assert np.all((a.half[0] <= a.median) & (a.median <= a.half[1]))
    assert np.all(a.capacity == 1)
    assert 0 < a.full < 1 and a.full_reference is not None and a.full_reference > a.full
    assert found.most_pressed() is a
    assert found.nation.beds == 18


def test_the_finding_names_the_worst_region_and_the_words_list_all() -> None:
    words = in_words(shown(), "MARKED", SV)
    assert "full längst tid i a:" in finding(shown(), SV)
    assert words.startswith("MARKED") and words.rstrip().endswith("MARKED")
    assert [line[:4] for line in words.splitlines() if line.startswith("- ")] == ["- a ", "- b ", "- c "]


def test_scenarios_are_told_apart_each_in_per_cent_of_its_own_beds() -> None:
    before = world()
    unit = before.regions["b"].units["icu"].model_copy(update={"beds": 3})
    regions = before.regions | {"b": before.regions["b"].model_copy(update={"units": {"icu": unit}})}
    after = before.model_copy(update={"regions": regions})
    found = occupancy(batch([before, after], ("today",), VALUES), 1, 0, SV)
    same = occupancy(batch([before], ("today", "coordinated"), VALUES), 1, 0, SV)
    assert found is not None and same is not None
    assert np.array_equal(found.regions[1].reference, same.regions[1].reference), "its own beds"
    assert (found.plan, found.reference) == ("scenariot ”world 1”", "scenariot ”world 0”")
    assert found.changed == (("b", 6, 3),)
    assert finding(found, SV).startswith(f"Skillnaden är störst i {found.most_different().name}: ")
    assert finding(found, SV).endswith("Ordinarie IVA-platser: b 3 i stället för 6.")
    assert "world 1" in in_words(found, "M", SV) and write(found, "M", SV)["png"]


def test_the_same_results_give_the_same_bytes() -> None:
    first, again = (write(shown(), "ÖVNING", SV, "måndag 4 januari 2027") for _ in range(2))
    assert first == again
    assert first["png"].startswith(b"\x89PNG")
    ElementTree.fromstring(first["svg"])
    assert b"full l" in first["svg"], "the finding is the description of the picture"


def test_what_the_font_lacks_or_mathematics_would_take_is_drawn_without_a_word(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    for marking in ("$x_$", "$\\foo$", "$\\frac{1}{$ 東京 \N{AMBULANCE}", "a\u202eb"):
        made = write(shown(), marking, SV)
        assert made["png"].startswith(b"\x89PNG")
        ElementTree.fromstring(made["svg"])
    assert capfd.readouterr() == ("", "") and caplog.text == ""


def test_a_folder_of_settings_that_cannot_be_written_is_not_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    nowhere = str(tmp_path / "file" / "home")
    places = ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "MPLCONFIGDIR")
    code = (
        "from nspl_sim.paper.drawing import quietly\n"
        "with quietly():\n    import matplotlib.figure\n    matplotlib.get_cachedir()\n"
    )
    environment = os.environ | dict.fromkeys(places, nowhere)
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_no_region_with_intensive_care_gives_no_figure() -> None:
    bare = world()
    regions = {k: r.model_copy(update={"units": {}}) for k, r in bare.regions.items()}
    without = bare.model_copy(update={"regions": regions})
    assert occupancy(batch([without], ("today", "coordinated"), VALUES), 1, 0, SV) is None


def panels(tiles: list[tuple[int, int] | None]) -> tuple[Panel, ...]:
    line = np.zeros(2)
    return tuple(Panel("x", t, 1, line, (line, line), (line, line), line, None, line, 0, None) for t in tiles)


def test_panels_stand_in_map_order_around_the_large_one() -> None:
    sweden = [(3, 0), (3, 1), (2, 1), (3, 2), (2, 2), (0, 4)]
    found = grid(panels(list(sweden)))
    assert found.places == tuple(sweden)
    assert (found.columns, found.rows, found.nation) == (4, 5, (0, 2))


@pytest.mark.parametrize("count", [1, 2, 5, 21])
def test_without_places_panels_stand_in_reading_order_under_the_large_one(count: int) -> None:
    found = grid(panels([None] * count))
    assert len(set(found.places)) == count
    assert min(row for _, row in found.places) == 2
    assert found.columns >= 3


def test_labels_never_overlap() -> None:
    heights = _spread([0.5, 0.5, 0.51, 0.99, 0.99], [0.1] * 5)
    assert all(b - a >= 0.1 - 1e-9 for a, b in pairwise(heights))
    assert heights[-1] <= 0.95 + 1e-9


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Västra Götalandsregionen", "Västra Götaland"),
        ("Region Jönköpings län", "Jönköping"),
        ("Region Skåne", "Skåne"),
        ("Gotland", "Gotland"),
    ],
)
def test_names_are_short_enough_for_a_heading(name: str, short: str) -> None:
    found = world()
    named = found.regions["a"].model_copy(
        update={"name": type("Name", (), {"in_language": lambda s, c: name})()}
    )
    regions = found.regions | {"a": named}
    assert short_name(found.model_copy(update={"regions": regions}), "a", SV) == short
