"""Loading a scenario: what extends what, tables beside it, what is handed out, and what may not be named."""

import contextlib
import csv
import io
import json
import time
from hashlib import sha256
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nspl_sim.reading.telling import say_all
from nspl_sim.reading.tree import tree_of
from nspl_sim.scenario import sweden
from nspl_sim.scenario.aliases import COUNTIES, RegionNames
from nspl_sim.scenario.changes import changes
from nspl_sim.scenario.dump import as_yaml
from nspl_sim.scenario.load import (
    Loaded,
    dump_scenario,
    load_scenario,
    load_shipped,
    shipped,
    shipped_text,
    worlds,
)
from nspl_sim.scenario.schema import scenario_schema
from nspl_sim.scenario.streams import MassCasualtyStream, PoissonStream, TableStream
from nspl_sim.scenario.template import capacity_sheet, template
from nspl_sim.vocabulary.errors import InputRefused
from tests.worlds import abc

FRAME = "format: 1\nextends: sweden\nname: x\nstart: 2027-01-11\nhorizon_days: 14\n"


def write(folder: Path, **files: str) -> None:
    """Write *files*; ``a_yaml`` is ``a.yaml``."""
    for name, content in files.items():
        stem, _, ending = name.rpartition("_")
        (folder / f"{stem}.{ending}").write_text(content, encoding="utf-8")


def load(folder: Path, content: str, name: str = "top.yaml") -> Loaded:
    (folder / name).write_text(content, encoding="utf-8")
    with contextlib.chdir(folder):
        return load_scenario(name)


def refusal(folder: Path, content: str) -> str:
    with pytest.raises(InputRefused) as refused:
        load(folder, content)
    return say_all(refused.value.problems)


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """Return a folder with ``base.yaml``, a whole small scenario."""
    (tmp_path / "base.yaml").write_text(as_yaml(abc()), encoding="utf-8")
    return tmp_path


# ------------------------------------------------------------------ extends and merge


def test_all_that_is_shipped_loads_without_a_warning_and_fast() -> None:
    assert shipped()
    assert worlds() == ["sweden", "sweden-detailed", "sweden-hospitals"]
    for name in shipped():
        begun = time.process_time()
        loaded = load_shipped(name)
        assert time.process_time() - begun < 2
        assert all(" arrivals a day x " in str(w.rule) for w in loaded.warnings), "only that it is crowded"
        assert shipped_text(name).startswith("#")
    assert tree_of(shipped_text("sweden"), "sweden.yaml").value.keys() == sweden.world().keys()


def test_mappings_merge_scalars_and_lists_replace_and_null_removes(world: Path) -> None:
    loaded = load(
        world,
        """\
extends: base.yaml
horizon_days: 20
regions:
  a:
    units:
      icu: {beds: 9, surge: []}
    vehicles: {helicopter: null}
streams:
  crash: null
  emergency: {scale: 0.5}
""",
    ).scenario
    a = loaded.regions["a"]
    assert loaded.horizon_days == 20
    assert loaded.seed == 11
    assert (a.units["icu"].beds, a.units["icu"].surge, a.units["icu"].keep_free) == (9, [], {3: 1})
    assert a.units["ward"].beds == 30
    assert a.vehicles == {"ambulance": 1}
    assert sorted(loaded.streams) == ["emergency", "front", "planned"]
    assert isinstance(loaded.streams["emergency"], PoissonStream)
    assert loaded.streams["emergency"].scale == 0.5


def test_what_only_makes_sense_as_a_whole_replaces_as_a_whole(world: Path) -> None:
    loaded = load(
        world,
        """\
extends: base.yaml
streams:
  emergency: {regions: {c: 1}, classes: {ill: 1}}
  front: {kind: poisson, per_day: 1, regions: {a: 1}, classes: {ill: 1}}
  crash:
    size: {family: lognormal, median: 9, sigma: 1}
    arrival: {family: fixed, value_h: 1}
""",
    ).scenario
    emergency, crash = loaded.streams["emergency"], loaded.streams["crash"]
    assert isinstance(emergency, PoissonStream)
    assert emergency.regions == {"c": 1}
    assert emergency.per_day == 22
    assert isinstance(loaded.streams["front"], PoissonStream)
    assert isinstance(crash, MassCasualtyStream)
    assert (crash.size.value, crash.size.median) == (None, 9)
    assert crash.arrival.mean_s() == 3600


def test_null_for_a_key_that_is_not_there_is_told(world: Path) -> None:
    told = refusal(world, "extends: base.yaml\nregions: {d: null}\n")
    assert told == "top.yaml:2:14 regions.d must be a mapping of keys and values (got null)"


def test_a_problem_is_told_in_the_file_where_it_stands(world: Path) -> None:
    write(world, middle_yaml="extends: base.yaml\nregions:\n  a: {icu_teams: -1}\n")
    told = refusal(world, "extends: middle.yaml\nhorizon_days: 0\n")
    assert told.splitlines() == [
        "middle.yaml:3:18 regions.a.icu_teams must be a whole number >= 0 (got -1)",
        "top.yaml:2:15 horizon_days must be a number from 0.01 to 3650 (got 0)",
    ]


def test_five_layers_and_no_circle(world: Path) -> None:
    for number in range(6):
        write(world, **{f"l{number}_yaml": f"extends: {f'l{number - 1}' if number else 'base'}.yaml\n"})
    assert load(world, "extends: l3.yaml\n").files[-1][0] == "base.yaml"
    assert "extends is more than 5 files deep (got base.yaml)" in refusal(world, "extends: l4.yaml\n")
    write(world, one_yaml="extends: two.yaml\n", two_yaml="extends: one.yaml\n")
    told = refusal(world, "extends: one.yaml\n")
    assert told.startswith(
        "two.yaml:1:10 extends leads back to itself: top.yaml > one.yaml > two.yaml > one.yaml"
    )
    assert "leads back to itself" in refusal(world, "extends: top.yaml\n")


@pytest.mark.parametrize(
    "name",
    [
        "../base.yaml",
        "/etc/passwd",
        "sub/base.yaml",
        "..",
        ".yaml",
        "..\\base.yaml",
        "c:base.yaml",
        "base.yaml\\0",
    ],
)
@pytest.mark.parametrize("key", ["extends", "region_table"])
def test_names_never_lead_out_of_the_folder(name: str, key: str, tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(as_yaml(abc()), encoding="utf-8")
    inner = tmp_path / "sub"
    inner.mkdir()
    (inner / "base.yaml").write_text("", encoding="utf-8")
    (inner / "top.yaml").write_text(json.dumps({key: name}), encoding="utf-8")
    with pytest.raises(InputRefused) as refused:
        load_scenario(inner / "top.yaml")
        assert f"top.yaml:1:{len(key) + 6} {key} must " in say_all(refused.value.problems)


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "secret.yaml").write_text("a: 1", encoding="utf-8")
    try:
        (inner / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    except OSError:
        pytest.skip("this machine makes no links")
    assert "extends is a link out of the folder" in refusal(inner, "extends: link.yaml\n")


def test_names_that_lead_nowhere_get_the_nearest(world: Path) -> None:
    assert refusal(world, "extends: swden\n").endswith("(got swden); did you mean sweden?")
    assert refusal(world, "extends: bas.yaml\n").endswith("(got bas.yaml); did you mean base.yaml?")
    assert refusal(world, "extends: 3\n").endswith("(got 3)")
    assert refusal(world, "extends: base.yaml\nregion_table: x.csv\n").endswith(
        "top.yaml:2:15 region_table names a file that is not in the same folder (got x.csv)"
    )


def test_every_file_that_was_read_is_named_with_its_hash(world: Path) -> None:
    write(world, own_csv="region,icu_beds\na,7\n")
    files = load(world, "extends: base.yaml\nregion_table: own.csv\n").files
    assert [name for name, _ in files] == ["top.yaml", "base.yaml", "own.csv"]
    assert files[2][1] == sha256(b"region,icu_beds\na,7\n").hexdigest()


# ------------------------------------------------------------------ tables

FIGURES: list[list[Any]] = [
    ["region", "icu_beds", "ward_beds", "icu_teams", "vehicles_ambulance", "population"],
    ["a", 7, None, 1, 3, None],
    ["c", None, 55, 0, None, 120_000],
]

AS_YAML = """\
extends: base.yaml
regions:
  a: {units: {icu: {beds: 7}}, icu_teams: 1, vehicles: {ambulance: 3}}
  c: {units: {ward: {beds: 55}}, icu_teams: 0, population: 120000}
"""


def as_csv(rows: list[list[Any]], delimiter: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def as_xlsx(path: Path, rows: list[list[Any]]) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(row)
    book.save(path)
    book.close()


def test_a_region_table_from_yaml_csv_and_xlsx_is_the_same(world: Path) -> None:
    (world / "comma.csv").write_text(as_csv(FIGURES, ","), encoding="utf-8")
    (world / "semicolon.csv").write_text(as_csv(FIGURES, ";"), encoding="utf-8-sig")
    as_xlsx(world / "book.xlsx", FIGURES)
    as_xlsx(world / "text.xlsx", [[None if v is None else str(v) for v in row] for row in FIGURES])
    wanted = load(world, AS_YAML).scenario.fingerprint()
    for name in ("comma.csv", "semicolon.csv", "book.xlsx", "text.xlsx"):
        assert load(world, f"extends: base.yaml\nregion_table: {name}\n").scenario.fingerprint() == wanted, (
            name
        )
    as_json = json.dumps({"extends": "base.yaml", "regions": tree_regions()})
    assert load(world, as_json, "top.json").scenario.fingerprint() == wanted


def tree_regions() -> Any:
    from nspl_sim.reading.node import plain

    return plain(tree_of(AS_YAML, "x.yaml"))["regions"]


def test_a_workbook_names_sheet_and_cell(world: Path) -> None:
    as_xlsx(world / "own.xlsx", [["region", "icu_beds"], ["a", 7.5], ["b", True], ["c", "åtta"]])
    assert refusal(world, "extends: base.yaml\nregion_table: own.xlsx\n").splitlines() == [
        "own.xlsx:Sheet!B2 regions.a.units.icu.beds must be a whole number >= 0: "
        "nothing is rounded (got 7.5)",
        "own.xlsx:Sheet!B3 regions.b.units.icu.beds must be a whole number >= 0: "
        "a truth value is not a number (got True)",
        "own.xlsx:Sheet!B4 regions.c.units.icu.beds must be a whole number >= 0 (got åtta)",
    ]


def test_table_and_file_may_not_say_the_same(world: Path) -> None:
    write(world, own_csv="region,icu_beds\na,7\n")
    told = refusal(
        world, "extends: base.yaml\nregion_table: own.csv\nregions:\n  a: {units: {icu: {beds: 8}}}\n"
    )
    assert (
        told
        == "own.csv:B2 regions.a.units.icu.beds is given in top.yaml:4 too; take one of them away (got 7)"
    )


def test_mistakes_of_a_table_and_of_the_file_come_at_once(world: Path) -> None:
    write(world, own_csv="region,icu_beds,beds\nupsala,7,\na,-1,\nb,x,\nc,7.5,\n")
    told = refusal(world, "extends: base.yaml\nregion_table: own.csv\nhorizon_days: -3\n")
    assert [line.split()[0] for line in told.splitlines()] == [
        "own.csv:C1",
        "own.csv:A2",
        "own.csv:B3",
        "own.csv:B4",
        "own.csv:B5",
        "top.yaml:3:15",
    ]


def test_a_table_that_is_not_there_hides_nothing(world: Path) -> None:
    told = refusal(
        world,
        "extends: base.yaml\nregion_table: x.csv\nhorizon_days: -3\n"
        "streams:\n  own: {kind: table, file: y.csv}\n",
    )
    assert [line.split()[1] for line in told.splitlines()] == [
        "region_table",
        "horizon_days",
        "streams.own.file",
    ]


REGIONS = """\
regions:
  skånne: {icu_teams: 4}
  Region Dalarna: {icu_teams: 4}
  skone: {icu: {beds: 48}}
  uppsala: {icu_beds: 3, iva: {beds: 3}, ambulance: 3, population: -1}
"""


def test_what_may_have_been_meant_in_the_shipped_world(tmp_path: Path) -> None:
    told = refusal(tmp_path, FRAME + "streams: {}\n" + REGIONS)
    assert [(line.split(":")[1], line.rpartition("did you mean ")[2]) for line in told.splitlines()[:7]] == [
        ("8", "skane?"),
        ("9", "dalarna?"),
        ("10", "skane?"),
        ("10", "units.icu?"),
        ("11", "units.icu.beds?"),
        ("11", "units.icu?"),
        ("11", "vehicles.ambulance?"),
    ]
    assert "skone is a region without a distance to any other (a new one?): give its position, or" in told


# ------------------------------------------------------------------ what is changed


def test_what_a_scenario_changes(world: Path) -> None:
    write(world, own_csv="region,icu_beds\na,10\nb,7\n")
    loaded = load(
        world,
        "extends: base.yaml\nname: other\nregion_table: own.csv\nhorizon_days: 3\n"
        "regions: {c: {units: {icu: {beds: 0}}}}\nstreams: {crash: null}\n",
    )
    was = load(world, "extends: base.yaml\n").scenario.regions
    found = changes(loaded)
    assert ("horizon_days", 14, 3) in [(c.path, 14, c.after) for c in found]
    assert ("regions.b.units.icu.beds", was["b"].units["icu"].beds, 7) in found
    assert ("regions.c.units.icu.beds", was["c"].units["icu"].beds, 0) in found
    assert [c.after for c in found if c.path == "streams.crash"] == [None]
    assert not {"name", "format"} & {c.path for c in found}
    assert changes(loaded, 1) == found[:1]
    assert loaded.extends == "base.yaml"
    assert changes(load(world, "extends: base.yaml\n")) == []
    assert changes(load_scenario(world / "base.yaml")) == []


def test_a_figure_of_a_table_that_is_the_same_is_no_change(world: Path) -> None:
    beds = load(world, "extends: base.yaml\n").scenario.regions["a"].units["icu"].beds
    write(world, own_csv=f"region,icu_beds\na,{beds}\n")
    assert changes(load(world, "extends: base.yaml\nregion_table: own.csv\n")) == []


def test_by_which_names_a_region_is_known() -> None:
    names = RegionNames(sweden.world()["regions"])
    for key, region in sweden.world()["regions"].items():
        letter, nuts = COUNTIES[region["code"]]
        sv = region["name"]["sv"]
        for written in (
            key,
            sv,
            sv.upper(),
            f"Region {sv}",
            region["name"]["en"],
            region["code"],
            letter,
            nuts,
        ):
            assert names.key(written) == key, written
        assert names.key(int(region["code"])) == key
    known = {
        "Region Jönköpings län": "jonkoping",
        "Region Kalmar län": "kalmar",
        "Västra Götalandsregionen": "vastra_gotaland",
        "Södermanlands län": "sormland",
        "Region Jämtland Härjedalen": "jamtland_harjedalen",
        "Stockholms län": "stockholm",
        "1": "stockholm",
    }
    assert {written: names.key(written) for written in known} == known
    assert names.key("Norge") is None
    assert names.nearest("Upsala") == "uppsala"
    assert RegionNames({"a": {"name": {"sv": "Berg"}}, "b": {"name": {"sv": "Berg"}}}).key("Berg") is None


PATIENTS = """\
arrival_h;region;class;urgency;stage_1;stage_1_h;stage_1_dies_h;note
0;a;ill;;ward;72,5;;först
1,5;B;critical;2;icu;30;12;
2;c;critical;;;;;
"""

PATIENTS_YAML = """\
extends: base.yaml
streams:
  register:
    kind: table
    patients:
      - {arrival_h: 0, region: a, class: ill, stages: [{kind: ward, stay_h: 72.5}]}
      - arrival_h: 1.5
        region: b
        class: critical
        urgency: 2
        stages: [{kind: icu, stay_h: 30, dies_waiting_h: 12}]
      - {arrival_h: 2, region: c, class: critical}
"""

REGISTER = "extends: base.yaml\nstreams:\n  register: {kind: table, file: patients.csv}\n"


def test_patients_from_a_table_and_from_yaml_are_the_same(world: Path) -> None:
    write(world, patients_csv=PATIENTS)
    from_table, from_yaml = load(world, REGISTER).scenario, load(world, PATIENTS_YAML).scenario
    assert isinstance(from_table.streams["register"], TableStream)
    assert len(from_table.streams["register"].patients) == 3
    assert from_table.fingerprint() == from_yaml.fingerprint()


def test_patients_are_told_by_cell_and_heading(world: Path) -> None:
    write(
        world,
        patients_csv="arrival_h;region;class;stage_2;stage_2_h\nNaN;a;ill;;\n1;q;ill;;\n;a;ill;;\n2;a;ill;ward;1\n",
    )
    assert refusal(world, REGISTER).splitlines() == [
        "patients.csv:A2 arrival_h must be a number: it must be finite (got NaN)",
        "patients.csv:B3 region names no region (got q)",
        "patients.csv:A4 arrival_h is missing; it must be a number",
        "patients.csv:A5 stage_1 is missing; it must be a name of a-z, 0-9, _ and - (at most 64 characters)",
        "patients.csv:A5 stage_1_h is missing; it must be a number from 0 to 87600",
    ]
    write(world, patients_csv="arrival_h;region;klass\n")
    assert refusal(world, REGISTER).splitlines() == [
        "patients.csv:A1 class is missing among the headings",
        "patients.csv:C1 klass is no column that belongs here; did you mean class?",
    ]


def test_patients_who_fit_nowhere_are_told_by_cell(world: Path) -> None:
    write(
        world, patients_csv="arrival_h;region;class;stage_1;stage_1_h\n9e5;a;ill;;\n1;a;il;;\n2;a;ill;icy;1\n"
    )
    assert refusal(world, REGISTER).splitlines() == [
        "patients.csv:A2 arrival_h must be before the end of the run (hour 360) (got 900000)",
        "patients.csv:C3 class is no patient class of this scenario (got il); did you mean ill?",
        "patients.csv:D4 stage_1 is a kind of unit that no region has (got icy); did you mean icu?",
    ]


def test_a_table_stands_beside_no_patients(world: Path) -> None:
    write(world, patients_csv=PATIENTS)
    told = refusal(world, REGISTER.replace("patients.csv", "patients.csv, patients: []"))
    assert "streams.register.file may not stand beside patients; give one of them" in told


# ------------------------------------------------------------------ handing out


def test_a_dumped_scenario_loads_to_the_same(tmp_path: Path) -> None:
    for name in shipped():
        one = load_shipped(name).scenario
        assert load(tmp_path, dump_scenario(one)).scenario.fingerprint() == one.fingerprint()


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), st.floats(0, 1e5), st.datetimes())
def test_any_text_and_number_survives_a_dump(words: str, figure: float, moment: Any) -> None:
    content: dict[Any, Any] = {"a": words, "b": [figure, {words[:9] or "x": None}], 1: moment.isoformat()}
    from nspl_sim.reading.node import plain

    assert plain(tree_of(as_yaml(content), "x.yaml")) == content


def turned(content: Any) -> Any:
    """Return *content* with the keys of every mapping in the other order."""
    if isinstance(content, dict):
        return {key: turned(content[key]) for key in reversed(content)}
    return [turned(item) for item in content] if isinstance(content, list) else content


def test_the_order_of_keys_changes_nothing(world: Path) -> None:
    other = load(world, as_yaml(turned(abc())), "turned.yaml").scenario
    assert other.fingerprint() == load_scenario(world / "base.yaml").scenario.fingerprint()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_template_is_valid_and_so_are_all_its_examples(language: str, tmp_path: Path) -> None:
    lines = template(language).splitlines()
    assert lines[0] == "# yaml-language-server: $schema=scenario.schema.json"
    assert load(tmp_path, template(language)).scenario.regions["uppsala"].units["icu"].beds == 30
    for name in ("kapacitet.xlsx", "capacity.xlsx"):
        capacity_sheet(tmp_path / name, sweden.world(), language)
    for name in ("patienter.csv", "patients.csv"):
        (tmp_path / name).write_text("arrival_h,region,class\n1,uppsala,mil_t1\n", encoding="utf-8")
    everything = "\n".join(line.removeprefix("# ") for line in lines[1:])
    loaded = load(tmp_path, everything)
    assert loaded.warnings == ()
    assert len(loaded.scenario.streams) == 7
    validator = jsonschema.Draft7Validator(scenario_schema())
    for written in (template(language), everything):
        assert list(validator.iter_errors(plain_json(written))) == []


def plain_json(written: str) -> Any:
    """Return what an editor sees of a file: plain data with text for keys."""
    from nspl_sim.reading.node import plain

    return json.loads(json.dumps(plain(tree_of(written, "x.yaml"))))


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_capacity_sheet_is_read_straight_back(language: str, tmp_path: Path) -> None:
    path = tmp_path / "own.xlsx"
    capacity_sheet(path, sweden.world() | {"marking": "A & B"}, language)
    with_table = load(tmp_path, FRAME + "region_table: own.xlsx\n").scenario
    assert with_table.fingerprint() == load(tmp_path, FRAME).scenario.fingerprint(), (
        "untouched, it changes nothing"
    )

    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    heads = [cell.value for cell in page[2]]
    own = heads.index("icu_beds") + 1
    rows = {page.cell(row, 1).value: row for row in range(3, page.max_row + 1)}
    cell = page.cell(rows["gotland"], own)
    assert (cell.protection.locked, page.cell(rows["gotland"], own - 1).protection.locked) == (False, True)
    assert page.protection.sheet
    assert page.freeze_panes == "C3"
    assert "A && B" in page.oddHeader.center.text or "A & B" in page.oddHeader.center.text
    assert any(
        cell.coordinate in rule.sqref and rule.type == "whole"
        for rule in page.data_validations.dataValidation
    )
    cell.value = 17
    book.save(path)
    book.close()
    changed = load(tmp_path, FRAME + "region_table: own.xlsx\n").scenario
    assert changed.regions["gotland"].units["icu"].beds == 17
    assert changed.regions["skane"] == with_table.regions["skane"]


def test_a_marking_is_no_formula(tmp_path: Path) -> None:
    world = sweden.world()
    world["regions"]["gotland"]["name"]["sv"] = "=1+1"
    capacity_sheet(tmp_path / "own.xlsx", world, "sv")
    book = openpyxl.load_workbook(tmp_path / "own.xlsx")
    assert {cell.data_type for cell in book.worksheets[0]["B"]} == {"s"}
    book.close()


def test_the_schema_takes_what_the_loader_takes(world: Path) -> None:
    schema = scenario_schema()
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    assert json.dumps(schema) == json.dumps(scenario_schema())
    good = [shipped_text(name) for name in shipped()]
    good += [
        as_yaml(abc()),
        AS_YAML,
        PATIENTS_YAML,
        REGISTER,
        FRAME + 'regions: {uppsala: {icu_teams: "3"}}\n',
    ]
    good += ["extends: base.yaml\nstreams: {crash: null, emergency: {scale: 0.5}}\nregion_table: a.xlsx\n"]
    for written in good:
        assert list(validator.iter_errors(plain_json(written))) == [], written[:200]
    bad = ["format: 1\n", FRAME + "regions: {uppsala: {icu_teams: 3 st}}\n", FRAME + "horizon_h: 3\n"]
    bad += [
        FRAME + "streams: {x: {kind: comat}}\n",
        FRAME + "regions: {Å: {}}\n",
        FRAME + "warm_up_days: -1\n",
    ]
    for written in bad:
        assert list(validator.iter_errors(plain_json(written))), written
    described = schema["$defs"]["PatientClass"]["properties"]
    assert described["due_days"]["description"] == "Latest acceptable wait of planned care."
    assert schema["$defs"]["Unit"]["description"].startswith("All beds of one kind in one region.")
