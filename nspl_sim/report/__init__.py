"""For decision-makers: one page that answers the question, its figures, and how sure it all is."""

from nspl_sim.report.page import report

__all__ = ["report"]
