"""Every sentence in the code has its Swedish, with the same places; the compiled file is not stale."""

import ast
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import click
import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def catalogues() -> ModuleType:
    spec = importlib.util.spec_from_file_location("catalogues", ROOT / "scripts" / "catalogues.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["catalogues"] = module
    spec.loader.exec_module(module)
    return module


def test_every_sentence_has_swedish_with_the_same_places(catalogues: ModuleType) -> None:
    assert catalogues.made().wrong == []


def test_the_compiled_catalogue_is_what_the_parts_say(catalogues: ModuleType) -> None:
    assert catalogues.compiled() == catalogues.made().swedish, "run: python scripts/catalogues.py"


def test_click_speaks_swedish(catalogues: ModuleType) -> None:
    swedish = {k[0] if isinstance(k, tuple) else k for k in catalogues.made().swedish}
    missing = []
    for name in ("core", "decorators", "exceptions", "formatting", "parser", "types"):
        source = Path(click.__file__).with_name(f"{name}.py").read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "ngettext"):
                first = node.args[0]
                if isinstance(first, ast.Constant) and first.value not in swedish:
                    missing.append(first.value)
    developers = (
        "Could not determine name",
        "No options defined",
        "Arguments take exactly",
        "Name '",
        "Boolean",
    )
    assert [m for m in missing if not m.startswith(developers)] == []


def test_titles_of_the_shipped_world_are_said_in_swedish(catalogues: ModuleType) -> None:
    from nspl_sim.scenario.sweden import world

    swedish, found = catalogues.made().swedish, world()
    titles = [c["title"] for c in found["classes"].values()] + [
        m["title"] for m in found["transport"]["modes"].values()
    ]
    assert [t for t in titles if t not in swedish] == []


def test_a_template_is_found_wherever_it_may_stand(catalogues: ModuleType) -> None:
    code = """
text("one {a} " "two", a=1)
Text("three")
PydanticCustomError("kind", "four")
text("five" if x else "six")
text(variable)
other("seven")
"""
    found = [template for template, _ in catalogues.templates(ast.parse(code))]
    assert sorted(found) == sorted(["one {a} two", "three", "four", "five", "six"])
