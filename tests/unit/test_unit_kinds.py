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


def municipal(**changes: Any) -> dict[str, Any]:
    """Return the same world with municipal care, changed by path: ``classes__burnt__municipal_share=0.5``."""
    written = content(burn={"referral": "nearest"})
    written["classes"]["burnt"]["municipal_share"] = 0.5
    written["regions"]["a"]["municipal"] = {"places_per_day": 1}
    for path, value in changes.items():
        *above, last = path.split("__")
        part = written
        for key in above:
            part = part[key]
        part[last] = value
    return written


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        (
            {"classes__burnt__municipal_wait": STAY},
            [
                "classes.burnt.municipal_wait does not go with places_per_day in a: "
                "either places or drawn days, never both (None)"
            ],
        ),
        (
            {"classes__burnt__municipal_share": 0},
            ["regions.a.municipal has no effect: no patient class has municipal_share (None)"],
        ),
        (
            {"regions__a__municipal": {"floor_h": 3}},
            [
                "classes.burnt.municipal_share has no effect: there are neither places in any region nor "
                "municipal_wait here (None)"
            ],
        ),
        (
            {"streams__fire__per_day": 6},
            [
                "regions.a.municipal.places_per_day is less than the 1.5 patients a day who will be ready "
                "and wait: the queue grows without end (None)"
            ],
        ),
        (
            {"regions__a__municipal": {"places_per_day": 1, "wait_factor": 2}},
            ["regions.a.municipal.wait_factor is of drawn days and does not stand beside places (None)"],
        ),
        (
            {"regions__a__municipal": {"places_per_day": 1, "closed": [{"from_day": 2, "to_day": 1}]}},
            ["regions.a.municipal.closed.0.to_day must be after from_day (None)"],
        ),
    ],
)
def test_municipal_care_that_cannot_be_or_does_nothing(
    tmp_path: Path, changes: dict[str, Any], found: list[str]
) -> None:
    assert [line for line in told(tmp_path, municipal(**changes)) if "x 0." not in line] == found
