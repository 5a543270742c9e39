"""What regions owe each other, and what a plan takes: only from prices that the user entered."""

from nspl_sim.paper.prices import Prices
from nspl_sim.paper.settlement import settlements
from nspl_sim.report.material import Material
from nspl_sim.report.parts import Section, Table
from nspl_sim.vocabulary.text import text


def section(material: Material, prices: Prices | None) -> Section:
    """Return the section; empty where nobody entered prices."""
    heading = material.say(text("What do the regions owe each other?"))
    if prices is None:
        return Section("money", heading)
    grids = settlements(material.main, prices, material.language)
    said = text(
        "Given and received are bed-days of residents of other regions times the price entered; what is "
        "owed is no agreement. Nothing is said of budgets, or of what care costs besides."
    )
    tables = [Table(grid.caption, grid.head, grid.rows) for grid in grids]
    return Section("money", heading, [material.say(said)] if tables else (), tables=tables)
