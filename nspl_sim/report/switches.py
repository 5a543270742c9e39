"""What does each switch of the study add? Alone, and as the last: a table for each measure."""

from nspl_sim.experiment.design import Step
from nspl_sim.paper.steps import grids
from nspl_sim.reading.part import Bilingual
from nspl_sim.report.material import Material
from nspl_sim.report.parts import Section, Table
from nspl_sim.vocabulary.text import text


def section(material: Material) -> Section:
    """Return the section; empty where the study has no switches."""
    heading = material.say(text("What does each part add?"))
    steps = [
        Step(**{**step, "title": Bilingual.model_validate(step["title"]) if step["title"] else None})
        for step in material.made.get("steps", ())
    ]
    tables = [
        Table(title, head, rows) for title, (head, *rows) in grids(material.found, steps, material.language)
    ]
    said = text(
        "Alone: the difference from the plan without any of the parts. Last: from the plan that has all the "
        "others. What gives much alone and little last does what another part does too."
    )
    return Section("switches", heading, tables=tables, after=[material.say(said)] if tables else [])
