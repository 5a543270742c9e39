"""``nspl compare`` asked for one region and with prices of one's own."""

import json
from pathlib import Path

from tests.journeys.commands import nspl

EXAMPLE = Path(__file__).parents[2] / "results" / "example"


def test_one_region_and_prices(tmp_path: Path) -> None:
    prices = tmp_path / "priser.yaml"
    prices.write_text("format: 1\ncurrency: kr\nsource: avtalet\nicu_bed_day: 7\n", encoding="utf-8")
    result = nspl("compare", EXAMPLE, "--region", "Region Skåne", "--prices", prices)
    assert result.exit_code == 0, result.output
    assert "Skåne: " in result.stdout and "de egna invånarna" in result.stdout
    assert "källa: avtalet" in result.stdout and "Regionens fordran" in result.stdout
    assert "Region som har det sämst" in result.stdout and "Invånarna region för region" in result.stdout
    data = json.loads(nspl("compare", EXAMPLE, "--region", "skane", "--prices", prices, "--json").stdout)
    owed = [row["given"] - row["received"] for row in data["settlement"]["regions"]]
    assert abs(sum(owed)) < 1e-6 and any(owed)
    assert data["regions"] and {row["flag"] for row in data["regions"]} <= {
        "worse", "slightly worse", "no worse", "unresolved",
    }  # fmt: skip


def test_what_is_wrong_is_told(tmp_path: Path) -> None:
    result = nspl("--lang", "en", "compare", EXAMPLE, "--region", "skåna")
    assert result.exit_code == 2 and 'did you mean "skane"' in result.stderr
    prices = tmp_path / "priser.yaml"
    prices.write_text("format: 1\ncurrency: kr\nicu_bed_days: 7\n", encoding="utf-8")
    result = nspl("--lang", "en", "compare", EXAMPLE, "--prices", prices)
    assert result.exit_code == 3 and "did you mean icu_bed_day?" in result.stderr
    result = nspl("compare", EXAMPLE, "--prices", tmp_path / "none.yaml")
    assert result.exit_code == 2 and "Fil '" in result.stderr and "File" not in result.stderr
