"""Patients of other countries who left for home."""

from nspl_sim.measures import outcome
from nspl_sim.measures.course import Course
from nspl_sim.measures.levels import count_of_patients
from nspl_sim.measures.steps import Bools
from nspl_sim.vocabulary.care import Outcome
from nspl_sim.vocabulary.text import text


@count_of_patients(
    "left_for_home_country",
    better="neither",
    title=text("Patients who left for their home country before the stay was over"),
    levels=("nation", "region", "group"),
)
def left_for_home_country(course: Course) -> Bools:
    """Return who left (``repatriated_after``); deaths in care are settled for them too."""
    return course.cohort & outcome.ended(course, Outcome.LEFT)
