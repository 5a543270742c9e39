"""What is said of kinds of unit: names that lead nowhere are refused, patients left stranded are told of."""

import json
from pathlib import Path
from typing import Any

import pytest

from nspl_sim.paper.language import Language
from nspl_sim.scenario.load import load_scenario
from nspl_sim.vocabulary.errors import InputRefused

STAY = {"family": "fixed", "value_h": 5}


def content(**unit_kinds: Any) -> dict[str, Any]:
    """Return a world of three regions, of which only b has burn beds."""
    burnt = {
        "urgency": 1,
        "pathways": [
            {"share": 1, "stages": [{"kind": "burn", "stay": STAY}, {"kind": "ward", "stay": STAY}]}
        ],
    }
    regions: dict[str, Any] = {key: {"units": {"ward": {"beds": 5}}} for key in ("a", "b", "c")}
    regions["b"]["units"]["burn"] = {"beds": 2}
    return {
        "format": 1,
        "name": "special",
        "start": "2027-01-04T00:00",
        "horizon_days": 5,
        "regions": regions,
        "unit_kinds": unit_kinds,
        "classes": {"burnt": burnt},
        "streams": {
            "fire": {
                "kind": "poisson",
                "per_day": 1,
                "regions": {"a": 0.5, "c": 0.5},
                "classes": {"burnt": 1},
            }
        },
    }


def told(folder: Path, written: dict[str, Any]) -> list[str]:
    """Return what is said of the file, refused or not, without where it stands."""
    path = folder / "special.json"
    path.write_text(json.dumps(written), encoding="utf-8")
    try:
        problems = load_scenario(path).warnings
    except InputRefused as refusal:
        problems = tuple(refusal.problems)
    language = Language("en")
    return [f"{p.path} {language.say(p.rule)} ({p.suggestion})" for p in problems]


def test_a_referral_that_leads_somewhere_is_no_matter(tmp_path: Path) -> None:
    assert told(tmp_path, content(burn={"referral": "nearest"})) == []
    assert told(tmp_path, content(burn={"referral": ["b"]})) == []


def test_who_needs_what_the_region_lacks_without_referral_is_told_once(tmp_path: Path) -> None:
    (one,) = told(tmp_path, content())
    assert one.startswith("regions.a has no burn, which its patients need")
    assert "regions like that: 2" in one


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (
            {"burn": {"referral": ["bb", "b"]}},
            "unit_kinds.burn.referral.0 is no region of this scenario (b)",
        ),
        (
            {"burn": {"referral": ["b", "c"]}},
            "unit_kinds.burn.referral.1 has no burn, so it is never asked (None)",
        ),
        (
            {"burn": {"referral": ["b"]}, "burns": {"no_bed": "leave"}},
            "unit_kinds.burns is a kind of unit that no region has (burn)",
        ),
        (
            {"burn": {"referral": ["b"]}, "theatre": {"no_bed": "leave"}},
            "unit_kinds.theatre is a kind of unit that no region has, and has no effect (None)",
        ),
    ],
)
def test_names_that_lead_nowhere(tmp_path: Path, said: dict[str, Any], found: str) -> None:
    assert told(tmp_path, content(**said)) == [found]


def test_the_refused_may_not_die_less_than_the_treated(tmp_path: Path) -> None:
    written = content(burn={"referral": "nearest"})
    written["classes"]["burnt"] |= {"mortality": 0.2, "refused_mortality": 0.1}
    assert told(tmp_path, written) == ["classes.burnt.refused_mortality may not be under mortality (None)"]
