"""What people write for what the program calls otherwise: each is refused with what they most likely mean."""

from pathlib import Path

import pytest

from nspl_sim.exercise.edited.filled import Reader, _first_words
from nspl_sim.exercise.listing.hand import Row
from nspl_sim.exercise.setting.load import load_roles
from nspl_sim.exercise.triggers import codes
from nspl_sim.policies.plan import load_plan
from nspl_sim.reading.place import Place
from nspl_sim.scenario.load import load_shipped
from nspl_sim.vocabulary.errors import InputRefused
from tests.exercises import made, troubled


@pytest.mark.parametrize(
    ("written", "meant"),
    [("Klar", "godkänd"), ("spelad", "utspelad"), ("struken", "utgår"), ("gransk", "granskad")],
)
def test_a_status_in_other_words_is_suggested(written: str, meant: str) -> None:
    reader = Reader(made(troubled()))
    reader.status(Row({"inject_id": "EGET-1", "status": written}, {"inject_id": Place("lista.csv")}))
    assert reader.wrong[0].suggestion == meant


def test_a_plan_in_swedish_is_suggested() -> None:
    for written, meant in (("idag", "today"), ("samordnad", "coordinated"), ("coordinatd", "coordinated")):
        with pytest.raises(InputRefused) as refusal:
            load_plan(written)
        assert refusal.value.problems[0].suggestion == meant


def test_unknown_keys_of_roles_hide_no_other_mistake(tmp_path: Path) -> None:
    path = tmp_path / "roller.yaml"
    path.write_text(
        "format: 1\nspelare: {}\nplayers:\n  one: {name: Stab, region: upsala, telefon: '1'}\n"
        "controllers:\n  - {name: Motspel}\nwithout: [BELAG]\n",
        encoding="utf-8",
    )
    with pytest.raises(InputRefused) as refusal:
        load_roles(path, load_shipped("national-surge").scenario, codes())
    meant = {one.path: one.suggestion for one in refusal.value.problems}
    assert meant == {
        "spelare": "players",
        "players.one.telefon": "phone",
        "players.one.region": "uppsala",
        "without.0": "BELAGG",
    }


def test_a_subject_is_not_cut_after_an_hour() -> None:
    said = "Verksamhetschefen på kirurgen kl. 14:00: vad gäller? Svara strax."
    assert _first_words(said) == "Verksamhetschefen på kirurgen kl. 14:00: vad gäller?"
