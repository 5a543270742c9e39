"""Who lies in the beds when the run begins, as the user has counted them."""

from typing import Annotated

from pydantic import Field

from nspl_sim.reading.numbers import Key, Whole
from nspl_sim.reading.part import Part


class PresentPatients(Part):
    """Patients who lie in one kind of unit in one region at t = 0. What is left of their stays is drawn."""

    region: Key
    """Where they lie, and live."""
    kind: Key
    """Of unit."""
    count: Whole
    """How many patients."""
    class_: Annotated[Key | None, Field(alias="class")] = None
    """Not given: the classes that the streams with a constant rate would have left there (``starts:
    equilibrium``)."""


COLUMNS = tuple(f.alias or name for name, f in PresentPatients.model_fields.items())
"""The keys of an entry, which are the headings of a table of them."""
