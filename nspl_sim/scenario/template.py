"""What a planner begins with: a commented scenario file, and a spreadsheet for the regions' own figures."""

from pathlib import Path

from nspl_sim.scenario.capacity_sheet import capacity_sheet

__all__ = ["capacity_sheet", "template"]

_TEMPLATES = Path(__file__).parent / "templates"


def template(language: str) -> str:
    """Return the template in *language* (``sv`` or ``en``); it is a valid scenario as it stands."""
    name = "en.yaml" if language == "en" else "sv.yaml"
    return (_TEMPLATES / name).read_text(encoding="utf-8")
