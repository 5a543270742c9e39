"""``nspl injects``: from a course to the papers of an exercise, and what is refused."""

import json
from pathlib import Path

import pytest

from nspl_sim.exercise.setting.load import load_roles
from nspl_sim.exercise.triggers import REGISTRY, codes
from nspl_sim.scenario.load import load_shipped
from nspl_sim.vocabulary.errors import InputRefused
from tests.journeys.commands import nspl, tiny

ROOT = Path(__file__).parents[2]
STARTEX = ("--startex", "2027-03-08T08:00")


ROLES = "format: 1\ncontrollers: [{name: A}]\n"


def test_roles_are_answered_in_the_leaders_words(tmp_path: Path) -> None:
    path, world = tmp_path / "roles.yaml", load_shipped("national-surge").scenario
    path.write_text(ROLES + 'briefings: ["9:30", "14.05"]\n', encoding="utf-8")
    assert load_roles(path, world, codes()).briefings == ["09:30", "14:05"]
    path.write_text(ROLES + "briefings: [half past nine]\n", encoding="utf-8")
    with pytest.raises(InputRefused, match="must be a time in the room"):
        load_roles(path, world, codes())
    path.write_text(ROLES + "players: {x: {name: X, region: södermanland}}\n", encoding="utf-8")
    with pytest.raises(InputRefused, match="is not a region of the scenario") as refusal:
        load_roles(path, world, codes())
    assert refusal.value.problems[0].suggestion == "sormland"
    scene = "scenes: {crash: {injuries: {civ_blunt_t9: {sv: Klämd}}}}\n"
    path.write_text(ROLES + scene, encoding="utf-8")
    with pytest.raises(InputRefused, match="is not a class of the scenario") as refusal:
        load_roles(path, load_shipped("mass-casualty-small-region").scenario, codes())
    assert refusal.value.problems[0].suggestion.startswith("civ_blunt_t")
    told = nspl("--lang", "en", "validate", path)
    assert told.exit_code == 3 and "is a file of an exercise's roles" in told.stderr


def test_gaps_and_briefings_after_the_end_are_told(tmp_path: Path) -> None:
    path = tmp_path / "roles.yaml"
    aims = "aims: {talk: {title: {sv: Ett ord, en: One word}, triggers: [ALLIERAD]}}\n"
    path.write_text(ROLES + aims + 'briefings: ["09:00", "20:00"]\n', encoding="utf-8")
    asked = ("--lang", "en", "injects", tiny(tmp_path), *STARTEX, "--roles", path, "--out", tmp_path / "ut")
    result = nspl(*asked)
    assert result.exit_code == 0, result.output
    assert "Aim without any inject: One word (" in result.stderr
    assert "The briefing at 20:00 is left out" in result.stderr and "at 09:00" not in result.stderr
    listed = tmp_path / "ut" / "key-injects.csv"
    content = listed.read_text("utf-8-sig").splitlines()
    number, ours = content[1].split(";")[0], content[1].replace(";draft;", ";APPROVED;", 1)
    script = next(cell for cell in ours.split(";") if cell.endswith("?") or cell.endswith('?."'))
    listed.write_text("\n".join([content[0], ours.replace(script, "My words."), *content[2:]]), "utf-8-sig")
    again = nspl(*asked, "--edited", listed)
    assert again.exit_code == 0, again.output
    assert f"their figures are now yours: 1 ({number})" in again.stdout


def test_papers_are_written_and_an_edited_list_comes_back(tmp_path: Path) -> None:
    world, out = tiny(tmp_path), tmp_path / "ut"
    asked = ("injects", world, *STARTEX, "--from", "2027-01-11T06:00", "--tempo", "5", "--out", out)
    first = nspl(*asked, "--json")
    assert first.exit_code == 0, first.output
    told = json.loads(first.stdout)
    assert told["injects"] > 0 and all(Path(path).is_file() for path in told["written"])
    listed = out / "facit-inspelslista.xlsx"
    again = nspl(*asked, "--edited", listed, "--form", "joint")
    assert again.exit_code == 0 and "Inspel: " in again.stdout
    assert (out / "facit-motspelsparm.html").is_file()
    english = nspl("--lang", "en", *asked)
    assert english.exit_code == 0 and (out / "players-cards.pdf").read_bytes().startswith(b"%PDF")
    assert "Print players-cards.pdf for the players" in english.stdout


def test_without_a_beginning_it_is_told_when_something_happens(tmp_path: Path) -> None:
    crash = """
  crash: {kind: mass_casualty, at_day: 0.5, size: {family: fixed, value: 7}, first_arrival_h: 1,
          arrival: {family: exponential, mean_h: 1}, regions: {b: 1}, classes: {ill: 1}}
transport:"""
    world = tiny(tmp_path, "hit.yaml", ("\ntransport:", crash))
    result = nspl("--lang", "en", "injects", world, *STARTEX, "--out", tmp_path / "ut")
    assert result.exit_code == 0, result.output
    assert "begins at the scenario's start, 2027-01-11T00:00; --from chooses another" in result.stderr
    assert (
        "  2027-01-11T12:00 (D+0 12:00)  " in result.stderr and ": 7 hurt, most of them in" in result.stderr
    )


@pytest.mark.parametrize(
    ("given", "status", "told"),
    [
        ((*STARTEX, "--days", "9"), 2, "but the scenario is 2027-01-11T00:00 to 2027-01-13T00:00"),
        ((*STARTEX, "--from", "2026-12-24T08:00"), 2, "would be played"),
        ((), 2, "--startex"),
        (("--startex", "måndag"), 2, "måndag"),
        ((*STARTEX, "--roles", "{roles}"), 3, "is not a region of the scenario"),
        ((*STARTEX, "--tempo", "0"), 2, "--tempo"),
    ],
)
def test_what_cannot_be_is_told(tmp_path: Path, given: tuple[str, ...], status: int, told: str) -> None:
    roles = tmp_path / "roles.yaml"
    roles.write_text("format: 1\ncontrollers: [{name: A}]\nplayers: {x: {name: X, region: skane}}\n")
    words = [word.replace("{roles}", str(roles)) for word in given]
    result = nspl("--lang", "en", "injects", tiny(tmp_path), *words, "--out", tmp_path / "ut")
    assert result.exit_code == status and told in result.stderr, result.output
    assert not (tmp_path / "ut").exists()


@pytest.mark.parametrize(
    ("name", "world"), [("one-day", "mass-casualty-small-region"), ("three-days", "national-surge")]
)
def test_the_shipped_roles_fit_their_scenarios(name: str, world: str) -> None:
    path = ROOT / "scenarios" / "exercises" / f"{name}-roles.yaml"
    roles = load_roles(path, load_shipped(world).scenario, codes())
    assert roles.players and roles.aims and roles.alarm.regions


def test_the_page_tells_of_every_trigger() -> None:
    page = (ROOT / "docs" / "exercise.md").read_text(encoding="utf-8")
    for code, one in REGISTRY.items():
        assert f"| `{code}` | {(one.__doc__ or '').splitlines()[0].rstrip('.')} |" in page


def test_new_writes_roles(tmp_path: Path) -> None:
    assert nspl("new", "--roles", tmp_path / "roller.yaml").exit_code == 0
    roles = load_roles(tmp_path / "roller.yaml", load_shipped("national-surge").scenario, codes())
    assert roles.players == {} and len(roles.aims) == 5
    assert nspl("new", "--roles", "--study").exit_code == 2


def test_how_unusual_is_counted_among_the_results(tmp_path: Path) -> None:
    world, out, results = tiny(tmp_path), tmp_path / "ut", tmp_path / "results"
    run = nspl("run", world, "--plans", "today", "--replications", "5", "--workers", "1", "--out", results)
    assert run.exit_code == 0, run.output
    asked = ("injects", world, *STARTEX, "--tempo", "5", "--replication", "2", "--out", out)
    assert nspl(*asked, "--results", results).exit_code == 0
    rows = json.loads((out / "facit-inspelslista.json").read_text(encoding="utf-8"))["injects"]
    query = "select region, hour, replication, census from census where kind = 'icu'"
    found = json.loads(nspl("sql", query, results, "--json").stdout)["rows"]
    census = {(region, hour, k): n for region, hour, k, n in found}
    of_a_region = [row for row in rows if row["columns"]["region"]]
    assert of_a_region
    for row in of_a_region:
        region = row["columns"]["region"]
        at = min(row["facts"][0]["time_s"], 2 * 86400 - 1) // 21600 * 6
        mine = census[region, at, 2]
        not_higher = sum(census[region, at, k] <= mine for k in range(5))
        assert row["columns"]["rank"] == f"{not_higher} av 5"
    other = nspl("--lang", "en", *asked, "--plan", "alone", "--results", results)
    assert other.exit_code == 2 and "do not hold scenario tiny under plan alone" in other.stderr


def test_a_world_without_intensive_care_has_papers_too(tmp_path: Path) -> None:
    world = ROOT / "tests" / "oracles" / "mmc2.yaml"
    result = nspl(
        "injects", world, *STARTEX, "--plan", "alone", "--form", "seminar", "--out", tmp_path / "ut"
    )
    assert result.exit_code == 0, result.output
    assert (tmp_path / "ut" / "spelare-ingangslage.html").is_file()


def test_work_in_the_folder_is_not_written_over_unseen(tmp_path: Path) -> None:
    world, out = tiny(tmp_path), tmp_path / "ut"
    asked = ("--lang", "en", "injects", world, *STARTEX, "--from", "2027-01-11T06:00", "--out", out)
    assert nspl(*asked).exit_code == 0
    listed, before = out / "key-injects.csv", (out / "key-injects.xlsx").read_bytes()
    assert nspl(*asked).exit_code == 0 and (out / "key-injects.xlsx").read_bytes() == before
    written = listed.read_text("utf-8-sig")
    number = written.splitlines()[1].split(";")[0]
    listed.write_text(written.replace(";draft;", ";approved;", 1), "utf-8-sig")
    refused = nspl(*asked)
    assert refused.exit_code == 2 and number in refused.stderr and "--overwrite" in refused.stderr
    assert ";approved;" in listed.read_text("utf-8-sig")
    played = nspl("--lang", "en", "play", *asked[3:])
    assert played.exit_code == 2 and "holds work that would be lost" in played.stderr
    kept = nspl(*asked, "--edited", listed)
    assert kept.exit_code == 0 and f"Other changes of yours, kept: 1 ({number})" in kept.stdout
    assert ";approved;" in listed.read_text("utf-8-sig")
    assert nspl(*asked, "--overwrite").exit_code == 0
    assert (out / "key-injects.xlsx").read_bytes() == before


def test_numbers_and_times_are_read_as_people_write_them(tmp_path: Path) -> None:
    asked = ("injects", tiny(tmp_path), "--out", tmp_path / "ut")
    day = nspl(*asked, "--startex", "2027-03-08")
    assert day.exit_code == 2 and "klockslaget saknas: 2027-03-08T08:00" in day.stderr
    comma = nspl("--lang", "en", *asked, *STARTEX, "--tempo", "2,5")
    assert comma.exit_code == 2 and "write 2.5" in comma.stderr
    assert nspl(*asked, *STARTEX, "--tempo", "2,5").exit_code == 0


def test_what_a_shipped_scenario_is_warned_of_is_not_the_leaders(tmp_path: Path) -> None:
    asked = ("--lang", "en", "injects", "armed-attack-southeast", *STARTEX, "--hours", "0.5")
    told = nspl(*asked, "--out", tmp_path / "ut")
    assert told.exit_code == 0 and "warning" not in told.stderr
