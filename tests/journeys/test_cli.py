"""The command line as users meet it: languages, errors, exit statuses, and what each command leaves."""

import csv
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from nspl_sim.cli import demo as demo_module
from nspl_sim.cli import outputs
from nspl_sim.cli.main import main
from nspl_sim.paper.figure import write as drawn
from tests.journeys.commands import nspl, tiny

COMMANDS = list(main.commands)
FILES = {
    "answer.txt", "answer.json", "table.csv", "regions.csv", "measures.csv", "measures.parquet",
    "icu-occupancy.png", "icu-occupancy.svg", "icu-occupancy.txt",
}  # fmt: skip
KEPT = {"manifest.json", "worlds", "plans", "points"}
"""What a folder of results holds beside the summary."""
ROOT = Path(__file__).resolve().parents[2]
START = [sys.executable, "-m", "nspl_sim"]


def names_in(folder: Path) -> set[str]:
    """Return what lies in *folder*, but for the lock."""
    return {path.name for path in folder.iterdir()} - {".nspl-lock"}


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from nspl_sim.cli.main import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = ('pandas', 'scipy', 'matplotlib', 'simpy', 'numpy', 'duckdb', 'rich', 'babel', 'pydantic')\n"
        "print([m for m in heavy if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stderr.strip() == "[]"


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_comes_in_the_language_asked_for_before_or_after_the_command(command: str) -> None:
    words = [command] if command else []
    swedish, english = nspl(*words, "--help"), nspl("--lang", "en", *words, "--help")
    assert swedish.exit_code == english.exit_code == 0
    assert "Användning: nspl" in swedish.output and "Växlar:" in swedish.output
    assert (
        "Usage" not in swedish.output and "Options" not in swedish.output and "[default" not in swedish.output
    )
    assert "Usage: nspl" in english.output and "[OPTIONS]" in english.output
    assert nspl(*words, "--lang=en", "--help").output == english.output
    assert nspl(*words, "--help", "--lang", "en").output == english.output
    assert not set(swedish.output.splitlines()[1:]) & set(english.output.splitlines()[1:]) - {""} - {
        line for line in swedish.output.splitlines() if line.strip().startswith("--help")
    }


def test_wrong_usage_is_told_in_swedish_with_status_2() -> None:
    result = nspl("runn")
    assert result.exit_code == 2
    assert "Fel: Kommandot 'runn' finns inte. Menade du 'run'?" in result.stderr
    result = nspl("run", "tiny.yaml", "--workers", "many")
    assert (result.exit_code, "inte ett giltigt värde av typen heltal" in result.stderr) == (2, True)
    assert nspl("--lang", "de", "doctor").exit_code == 2


def test_every_problem_of_every_file_is_one_line_with_its_place(tmp_path: Path) -> None:
    wrong = tiny(tmp_path, "fel.yaml", ("beds: 3", "beds: -5"), ("beds: 4", "beds: 12.5"))
    also = tiny(tmp_path, "ock.yaml", ("kind: poisson", "kind: poison"))
    result = nspl("--lang", "en", "validate", wrong, also)
    assert result.exit_code == 3
    lines = result.stderr.splitlines()
    lines = [line.replace(f"{tmp_path}/", "") for line in lines]
    assert lines[0] == "fel.yaml:8:27 regions.a.units.icu.beds must be a whole number >= 0 (got -5)"
    assert lines[1].startswith("fel.yaml:10:27 regions.b.units.icu.beds")
    assert lines[2].startswith("ock.yaml:") and "poisson" in lines[2]
    assert not any("Traceback" in line for line in lines)
    swedish = nspl("validate", wrong)
    assert swedish.exit_code == 3 and "fick -5" in swedish.stderr


def test_of_many_problems_twenty_are_told_and_the_rest_counted(tmp_path: Path) -> None:
    many = "\n".join(f"  r{n}: {{units: {{icu: {{beds: -{n}}}}}}}" for n in range(1, 26))
    wrong = tiny(tmp_path, "många.yaml", ("regions:\n", f"regions:\n{many}\n"))
    lines = nspl("validate", wrong).stderr.splitlines()
    assert len(lines) == 21
    assert lines[-1].startswith("och ") and lines[-1].endswith(" problem till")


def test_validate_tells_scenario_from_plan_by_content(tmp_path: Path) -> None:
    plan = tmp_path / "x.yaml"
    assert nspl("new", plan, "--plan").exit_code == 0
    result = nspl("validate", tiny(tmp_path), plan, "coordinated", "national-surge")
    assert result.exit_code == 0, result.output
    words = [line for line in result.stdout.splitlines() if line.startswith("OK")]
    assert ["planalternativ" in line for line in words] == [False, True, True, False]
    assert "regioner: 3" in words[0]
    data = json.loads(nspl("validate", plan, "--json").stdout)
    assert data["files"][0]["kind"] == "plan"


def test_a_plan_with_a_misspelt_key_is_still_a_plan(tmp_path: Path) -> None:
    plan = tmp_path / "x.yaml"
    for written in ("suport: today\nelective: threshold\nsurge: never\n", "suport: today\n"):
        plan.write_text("format: 1\nname: x\n" + written, encoding="utf-8")
        result = nspl("--lang", "en", "validate", plan)
        assert result.exit_code == 3
        assert "suport is not a key that belongs here (got today); did you mean support?" in result.stderr
        assert "regions" not in result.stderr
    bare = tiny(tmp_path, "y.yaml", ("streams:", "stream:"))
    assert "streams is missing" in nspl("--lang", "en", "validate", bare).stderr


def test_a_name_that_nearly_is_one_is_suggested() -> None:
    result = nspl("validate", "natonal-surge")
    assert result.exit_code == 3 and "national-surge" in result.stderr
    assert nspl("plan", "todday").exit_code == 3


def test_new_writes_what_validates_and_never_overwrites(tmp_path: Path) -> None:
    mine = tmp_path / "mitt.yaml"
    assert nspl("new", mine).exit_code == 0
    before = mine.read_bytes()
    again = nspl("new", mine, "--from", "national-surge")
    assert (again.exit_code, mine.read_bytes()) == (2, before)
    assert "skrivs inte över" in again.stderr
    copy = tmp_path / "copy.yaml"
    assert nspl("new", copy, "--from", "ordinary-week").exit_code == 0
    assert nspl("validate", mine, copy).exit_code == 0
    assert nspl("new").stdout.strip() == mine.read_text(encoding="utf-8").strip()
    wrong = nspl("new", tmp_path / "y.yaml", "--from", "nationl-surge")
    assert wrong.exit_code == 2 and "national-surge”?" in wrong.stderr
    assert not (tmp_path / "y.yaml").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["none/mitt.yaml"], "mappen finns inte"),
        (["mitt.json"], "ska sluta på något av .yaml, .yml"),
        (["mitt"], "ska sluta på något av .yaml, .yml"),
        (["x" * 300 + ".yaml"], "så kan ingen fil heta"),
        (["a\nb.yaml"], r"a\nb.yaml: så kan ingen fil heta"),
        (["."], "är en mapp"),
        (["a.yaml", "--table", "t.csv"], "ska sluta på .xlsx"),
        (["a.yaml", "--table", "t.xlsx", "--from", "today"], "today följer inte med"),
        (["a.yaml", "--plan", "--from", "national-surge"], "national-surge följer inte med"),
        (["--plan", "--table", "t.xlsx"], "--table"),
        (["a.yaml", "--from", "okänd"], "okänd följer inte med"),
    ],
)
def test_new_refuses_what_cannot_be_meant_and_writes_nothing(
    words: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = nspl("new", *words)
    assert result.exit_code == 2 and told in result.stderr, result.stderr
    assert list(tmp_path.iterdir()) == []


def test_new_takes_odd_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("mitt scenario.yaml", "日本.yaml", "100%.yaml", "-x.yaml", "a'b\".yml"):
        for more in ([], ["--plan"]):
            result = nspl("new", *more, "--", name)
            assert result.exit_code == 0, result.output
            assert nspl("validate", "--", name).exit_code == 0
            Path(name).unlink()


def test_a_capacity_sheet_is_read_straight_back(tmp_path: Path) -> None:
    result = nspl("new", tmp_path / "mitt.yaml", "--table", tmp_path / "capacity.xlsx")
    assert result.exit_code == 0
    content = (tmp_path / "mitt.yaml").read_text(encoding="utf-8")
    (tmp_path / "med.yaml").write_text(content + "\nregion_table: capacity.xlsx\n", encoding="utf-8")
    assert nspl("validate", tmp_path / "med.yaml").exit_code == 0
    assert nspl("new", "--table", tmp_path / "t.csv").exit_code == 2


def test_run_writes_a_whole_folder_and_prints_the_answer(tmp_path: Path) -> None:
    out = tmp_path / "ut"
    result = nspl("run", tiny(tmp_path), "--replications", "4", "--workers", "1", "--out", out)
    assert result.exit_code == 0, result.output
    assert names_in(out) == FILES | KEPT
    assert "Döda (patienter; lägre är bättre)" in result.stdout
    assert result.stdout.splitlines()[-1].startswith("Nästa steg: nspl ")
    assert str(out / "answer.txt") in result.stdout
    answer = json.loads((out / "answer.json").read_bytes())
    assert answer["answer"][0] in result.stdout and answer["replications"] == 4
    assert answer["marking"] == "EJ SÄKERHETSSKYDDSBEDÖMD – SPRIDS INTE"
    rows = list(csv.DictReader((out / "measures.csv").read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert [(r["replication"], r["plan"]) for r in rows][:3] == [
        ("0", "today"),
        ("0", "coordinated"),
        ("1", "today"),
    ]
    made = json.loads((out / "manifest.json").read_bytes())
    assert made["points"][0]["seed"] == 1 and made["command"][:2] == ["nspl", "run"]
    assert set(made["written"]) == FILES and made["state"] == "complete"
    assert set(made["read"]) == {"tiny.yaml", "today.yaml", "coordinated.yaml"}


def test_a_marking_that_mathematics_or_the_font_would_stumble_on_is_drawn(tmp_path: Path) -> None:
    marking = 'name: tiny\nmarking: "$x_$ and $\\\\foo$ 東京"'
    world = tiny(tmp_path, "tiny.yaml", ("name: tiny", marking))
    out = tmp_path / "ut"
    result = nspl("run", world, "--replications", "2", "--workers", "1", "--quiet", "--out", out)
    assert (result.exit_code, result.stderr) == (0, "")
    assert (out / "icu-occupancy.png").read_bytes().startswith(b"\x89PNG")
    assert (out / "icu-occupancy.txt").read_text("utf-8").startswith("$x_$ and $\\foo$ 東京")


def test_results_are_overwritten_but_nothing_else_is(tmp_path: Path) -> None:
    words = ("run", tiny(tmp_path), "--replications", "2", "--workers", "1", "--quiet", "--out")
    foreign = tmp_path / "annat"
    foreign.mkdir()
    (foreign / "viktigt.txt").write_text("kvar")
    refused = nspl(*words, foreign)
    assert refused.exit_code == 2 and "ange en ny mapp" in refused.stderr
    assert [p.name for p in foreign.iterdir()] == ["viktigt.txt"]
    assert nspl(*words, tmp_path / "ut").exit_code == 0
    before = (tmp_path / "ut" / "table.csv").read_bytes()
    assert nspl(*words, tmp_path / "ut").exit_code == 0
    assert (tmp_path / "ut" / "table.csv").read_bytes() == before


def test_another_study_in_the_folder_takes_nothing_from_the_first(tmp_path: Path) -> None:
    out = tmp_path / "ut"
    words = ("run", tiny(tmp_path), "--workers", "1", "--out", out, "--replications")
    assert nspl(*words, "3", "--quiet").exit_code == 0
    before = {p.relative_to(out): p.read_bytes() for p in out.rglob("*.parquet") if p.parent != out}
    answer = (out / "answer.txt").read_bytes()
    for others in (("2",), ("3", "--plans", "today,alone"), ("3", "--seed", "7"), ("4",)):
        assert nspl(*words, *others, "--quiet").exit_code == 0
        assert before.items() <= {p.relative_to(out): p.read_bytes() for p in out.rglob("*.parquet")}.items()
    again = nspl(*words, "3")
    assert (out / "answer.txt").read_bytes() == answer
    assert (
        "Finns redan och görs inte om: 6 av 6 körningar" in again.stderr
        and "Klara körningar" not in again.stderr
    )


def test_plans_of_one_title_or_one_name_keep_their_columns(tmp_path: Path) -> None:
    plan, same = tmp_path / "Vår plan.yaml", tmp_path / "same.yaml"
    assert nspl("new", plan, "--plan").exit_code == 0
    assert 'name: "var-plan"' in plan.read_text("utf-8") and "(Vår plan)" in plan.read_text("utf-8")
    assert nspl("validate", plan).exit_code == 0
    same.write_text(nspl("new", "--plan").stdout, "utf-8")
    plans = f"today, coordinated, {plan}, {same}"
    words = ("--plans", plans, "--replications", "2", "--workers", "1", "--out", tmp_path / "ut")
    result = nspl("run", tiny(tmp_path), *words)
    assert result.exit_code == 0, result.output
    head = next(
        csv.reader((tmp_path / "ut" / "table.csv").read_text("utf-8-sig").splitlines(), delimiter=";")
    )
    assert head[3:7] == [
        "Dagens ordning",
        "Gemensam stödordning (coordinated)",
        "Gemensam stödordning (Vår plan)",
        f"Gemensam stödordning (coordinated, {same})",
    ]
    assert len(set(head)) == len(head)
    assert str(same) in json.loads((tmp_path / "ut" / "answer.json").read_bytes())["answer"][0]


def test_a_space_after_a_comma_is_understood_or_explained(tmp_path: Path) -> None:
    result = nspl("run", tiny(tmp_path), "--plans", "today,", "coordinated")
    assert result.exit_code == 2 and "blanksteg" in result.stderr


def test_a_refused_file_leaves_no_folder_and_a_failed_run_no_summary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = tiny(tmp_path, "fel.yaml", ("beds: 3", "beds: -5"))
    assert nspl("run", wrong, "--out", tmp_path / "djup" / "ut").exit_code == 3
    assert not (tmp_path / "djup").exists()

    def broken(*_: object) -> None:
        raise RuntimeError("no ink")

    monkeypatch.setattr("nspl_sim.paper.figure.write", broken)
    words = (
        "run",
        tiny(tmp_path),
        "--replications",
        "2",
        "--workers",
        "1",
        "--out",
        tmp_path / "djup" / "ut",
    )
    result = nspl(*words)
    assert result.exit_code == 1 and "no ink" in result.stderr and "Traceback" not in result.stderr
    assert "Traceback" in nspl("--debug", *words).stderr
    assert names_in(tmp_path / "djup" / "ut") == KEPT, "no summary, and nothing is lost"
    assert drawn is not broken


def test_two_scenarios_are_paired_the_second_against_the_first(tmp_path: Path) -> None:
    first, second = tiny(tmp_path), tiny(tmp_path, "fewer.yaml", ("beds: 3", "beds: 2"))
    result = nspl("run", first, second, "--replications", "3", "--workers", "1", "--json")
    data = json.loads(result.stdout)
    assert len(data["answer"]) == 2 and "fewer.yaml" in data["answer"][0]
    pairs = [(d["plan"]["plan"], d["reference"]["plan"]) for d in data["table"][0]["differences"]]
    assert pairs == [("today", "today"), ("coordinated", "coordinated")]
    assert len(data["table"][0]["means"]) == 4


def test_a_plan_that_names_a_missing_region_is_refused(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    nspl("new", plan, "--plan")
    plan.write_text(
        plan.read_text("utf-8") + "  regions: {skåne: {gives: false}}\n".replace("å", "a"), "utf-8"
    )
    result = nspl("run", tiny(tmp_path), "--plans", f"today,{plan}", "--out", tmp_path / "ut")
    assert result.exit_code == 3 and "skane" in result.stderr
    assert not (tmp_path / "ut").exists()


def test_a_number_that_was_hardly_meant_is_refused_with_its_cost(tmp_path: Path) -> None:
    result = nspl("run", tiny(tmp_path), "--replications", "1000000000")
    assert result.exit_code == 2
    assert "dygn" in result.stderr and "MB minne" in result.stderr and "--no-limit" in result.stderr


def test_a_seed_changes_the_patients_and_workers_do_not(tmp_path: Path) -> None:
    def prints(*words: str) -> list[str]:
        out = tmp_path / "-".join(words)
        assert (
            nspl("run", tiny(tmp_path), "--replications", "3", "--quiet", "--out", out, *words).exit_code == 0
        )
        journals: list[str] = json.loads((out / "manifest.json").read_bytes())["journals"]
        return journals

    one = prints("--workers", "1")
    assert prints("--workers", "2") == one
    assert prints("--workers", "1", "--seed", "7") != one


def test_quiet_says_nothing_but_the_result(tmp_path: Path) -> None:
    loud = nspl("run", tiny(tmp_path), "--replications", "2", "--workers", "1")
    quiet = nspl("run", tiny(tmp_path), "--replications", "2", "--workers", "1", "--quiet")
    assert "körningar" in loud.stderr and quiet.stderr == ""
    assert "Nästa steg" not in quiet.stdout


def test_demo_runs_what_it_ships(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo_module, "SCENARIO", str(tiny(tmp_path)))
    out = tmp_path / "demo"
    result = nspl("demo", "--out", out, "--minutes", "0.1", "--workers", "1")
    assert result.exit_code == 0, result.output
    assert names_in(out) == FILES | KEPT
    assert json.loads((out / "answer.json").read_bytes())["replications"] >= 10
    assert "Ingen samverkan" in result.stdout
    assert result.stdout.splitlines()[-1].startswith("Nästa steg: nspl new mitt.yaml")
    again = nspl("demo", "--out", out, "--replications", "1", "--workers", "1")
    assert again.exit_code == 0 and "En enda körning säger ingenting" in again.stdout


def test_patients_are_written_in_words_and_never_as_formulas(tmp_path: Path) -> None:
    out = tmp_path / "p.csv"
    assert nspl("sample", tiny(tmp_path), "--replication", "1", "--out", out).exit_code == 0
    rows = list(csv.DictReader(out.read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert rows[0]["Patientklass"] == "'=ill" and rows[0]["Vårdsteg 1"] == "intensivvård"
    assert rows[0]["Märkning"] == "EJ SÄKERHETSSKYDDSBEDÖMD – SPRIDS INTE"
    assert nspl("sample", tiny(tmp_path), "--out", tmp_path / "p.doc").exit_code == 2
    assert nspl("sample", tiny(tmp_path), "--out", tmp_path / "none" / "p.csv").exit_code == 2


def test_what_will_take_long_is_told_before_it_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = (["sample", tiny(tmp_path), "--out", tmp_path / "p.csv"], ["simulate", tiny(tmp_path)])
    for words in commands:
        assert "förväntad tid" not in nspl(*words).stderr
    monkeypatch.setattr(outputs, "LONG_S", 0.0)
    for words in commands:
        assert nspl(*words).stderr.startswith("Patienter: omkring 27; förväntad tid ")


def test_a_journal_in_two_forms_is_the_same(tmp_path: Path) -> None:
    for ending in ("csv", "parquet"):
        words = ("simulate", tiny(tmp_path), "--plan", "coordinated", "--journal", tmp_path / f"j.{ending}")
        assert nspl(*words).exit_code == 0
    rows = list(csv.DictReader((tmp_path / "j.csv").read_text("utf-8-sig").splitlines(), delimiter=";"))
    with duckdb.connect() as base:
        found = base.execute(
            "SELECT event, patient FROM read_parquet(?)", [str(tmp_path / "j.parquet")]
        ).fetchall()
    assert [(r["event"], int(r["patient"])) for r in rows] == found


def test_a_trace_tells_of_one_patient_or_one_region(tmp_path: Path) -> None:
    lines = nspl("simulate", tiny(tmp_path), "--trace", "--patient", "3").stdout.splitlines()
    assert "Patient 3 kommer till" in lines[0]
    assert all("atient 3 " in line or "tillbaka" in line for line in lines[:-1])
    assert nspl("simulate", tiny(tmp_path), "--region", "b").exit_code == 0
    assert nspl("simulate", tiny(tmp_path), "--region", " B ").exit_code == 0
    assert nspl("simulate", tiny(tmp_path), "--region", "d").exit_code == 2
    assert nspl("simulate", tiny(tmp_path), "--patient", "100000").exit_code == 2


@pytest.mark.parametrize("kind", ["scenario", "plan"])
def test_a_schema_is_json(kind: str) -> None:
    assert json.loads(nspl("schema", kind).stdout)["$schema"].startswith("http")


def test_a_plan_is_printed_as_sentences() -> None:
    swedish, english = nspl("plan", "coordinated"), nspl("plan", "coordinated", "--lang", "en")
    assert "- Stödordning för intensivvård" in swedish.stdout
    assert "- Standing order for intensive care" in english.stdout


def test_a_region_that_nobody_knows_is_told_when_a_plan_is_printed(tmp_path: Path) -> None:
    plan = tmp_path / "x.yaml"
    plan.write_text(
        "format: 1\nname: x\nsupport: today\nelective: threshold\nsurge: never\n"
        "taking_part: {regions: {skone: {gives: false}}}\n",
        encoding="utf-8",
    )
    result = nspl("plan", plan)
    assert result.exit_code == 0 and result.stderr.count("menade du skane?") == 1
    assert nspl("plan", "today").stderr == ""


def test_doctor_and_completion_work() -> None:
    data = json.loads(nspl("doctor", "--json").stdout)
    assert len(data["fingerprint"]) == 64 and data["versions"]["nspl_sim"]
    others = data["other_versions"]
    assert {"typst", "python-docx", "xlsxwriter"} <= others.keys() and "-" not in others.values()
    assert "_NSPL_COMPLETE=zsh_complete" in nspl("completion", "zsh").stdout
    environment = os.environ | {
        "_NSPL_COMPLETE": "bash_complete",
        "COMP_WORDS": "nspl plan coo",
        "COMP_CWORD": "2",
    }
    done = subprocess.run(START, capture_output=True, text=True, env=environment, cwd=ROOT, check=False)
    assert "coordinated" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to a child")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_ends_with_130_and_leaves_nothing(tmp_path: Path, workers: str) -> None:
    out = tmp_path / "ut"
    words = ["run", str(tiny(tmp_path)), "--replications", "9999", "--workers", workers, "--out", str(out)]
    child = subprocess.Popen(
        [*START, *words],
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # in the background it is ignored
    )
    assert child.stderr is not None
    while "Klara" not in child.stderr.readline():
        pass
    child.send_signal(signal.SIGINT)
    try:
        rest = child.communicate(timeout=60)[1]
    finally:
        child.kill()
    assert child.returncode == 130, rest
    assert "Avbrutet." in rest and "Traceback" not in rest
    assert "KeyboardInterrupt" not in rest
    assert names_in(out) == KEPT, "no summary that looks complete"
    assert json.loads((out / "manifest.json").read_bytes())["state"] == "incomplete"
