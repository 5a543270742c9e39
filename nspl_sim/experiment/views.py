"""A study's results as tables to ask questions of in SQL.

======================  ==========================================================================
points                  point, scenario, plan, seed, reference (point), fingerprint
factors                 point, factor, value
measures                point, scenario, plan, replication, measure, value
census                  point, scenario, plan, replication, region, kind, hour, census, staffed
                        (null: unlimited), waiting
transfers               point, scenario, plan, replication, kind, from_region, to_region, patients
planned                 point, scenario, plan, replication, region, day, due, postponed, released
replications            point, scenario, plan, replication, journal (its fingerprint)
======================  ==========================================================================

Points are numbered from 0 as in the manifest; times are hours and days of the measured window.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from nspl_sim.experiment.design import Design
from nspl_sim.experiment.duck import connected, copy_parquet, quoted
from nspl_sim.experiment.executor import AWAKE_S
from nspl_sim.experiment.store import Store
from nspl_sim.vocabulary.care import UNLIMITED
from nspl_sim.vocabulary.errors import EXIT_USAGE, NsplError
from nspl_sim.vocabulary.text import text

VIEWS = ("points", "factors", "measures", "census", "transfers", "planned", "replications")

_COLUMNS = {
    "measures": "measure, value",
    "census": f"region, kind, hour, census, nullif(staffed, {UNLIMITED}) AS staffed, waiting",
    "transfers": "kind, from_region, to_region, patients",
    "planned": "region, day, due, postponed, released",
    "replications": "journal",
}
_FILES = {"census": "levels"}
"""The part's table, where the view is called something else."""


@contextmanager
def viewed(store: Store, design: Design) -> Iterator[Any]:
    """Give a connection that holds the views over *design*'s results in *store*; it reaches no other file."""
    with connected() as base:
        base.execute("CREATE TABLE points AS " + _rows(base, _points(design)))
        base.execute("CREATE TABLE factors AS " + _rows(base, _factors(design)))
        base.unregister("given")
        base.execute("SET memory_limit = '1GB'; SET temp_directory = ''")
        for view, columns in _COLUMNS.items():
            base.execute(f"CREATE VIEW {view} AS {_view(store, design, _FILES.get(view, view), columns)}")
        base.execute(f"SET allowed_directories = [{quoted(store.folder.resolve())}]")
        base.execute("SET enable_external_access = false")
        base.execute("SET lock_configuration = true")
        yield base


def asked(
    store: Store, design: Design, query: str, most: int = 100_000
) -> tuple[list[str], list[tuple[Any, ...]], bool]:
    """Return the columns and at most *most* rows that *query* gives, and whether there are more.

    The query is one statement that only reads; it may take a gigabyte, and Ctrl-C ends it.
    """
    import duckdb

    with viewed(store, design) as base:
        try:
            statements = base.extract_statements(query)
        except duckdb.Error as wrong:
            raise BadQuery(text("this is no statement of SQL: {reason}", reason=_first(wrong))) from None
        if len(statements) != 1:
            raise BadQuery(text("give one statement of SQL, not {count}", count=len(statements)))
        if statements[0].type != duckdb.StatementType.SELECT:
            raise BadQuery(text("only questions may be asked (SELECT); nothing here can be changed"))
        try:
            names, rows = _interruptible(base, lambda: _answer(base, statements[0], most))
        except (duckdb.Error, ValueError, TypeError, ImportError, OverflowError, MemoryError) as wrong:
            raise BadQuery(text("the query cannot be answered: {reason}", reason=_first(wrong))) from None
        return _told_apart(names), rows[:most], len(rows) > most


def _answer(base: Any, statement: Any, most: int) -> tuple[list[str], list[tuple[Any, ...]]]:
    found = base.execute(statement)
    return [column[0] for column in found.description], found.fetchmany(most + 1)


def _interruptible(base: Any, work: Callable[[], Any]) -> Any:
    """Return what *work* returns; it is done beside, so that Ctrl-C is heard while it goes on."""
    with ThreadPoolExecutor(1) as beside:
        future = beside.submit(work)
        try:
            while True:
                with suppress(TimeoutError):
                    return future.result(timeout=AWAKE_S)
                if future.done():
                    return future.result()
        except KeyboardInterrupt:
            base.interrupt()
            raise


def _told_apart(names: Sequence[str]) -> list[str]:
    """Return *names* with a number after those that were there before."""
    return [f"{n}_{names[:i].count(n) + 1}" if n in names[:i] else n for i, n in enumerate(names)]


class BadQuery(NsplError):
    """A query that is none, that would change something, or that the results cannot answer."""

    exit_code = EXIT_USAGE


def _first(wrong: Exception) -> str:
    """Return the words of DuckDB on one line."""
    return " ".join(str(wrong).split())[:400]


def measures_parquet(store: Store, design: Design) -> bytes:
    """Return every measure of every replication as a Parquet file: the same bytes for the same results."""
    with connected(threads="1") as base, TemporaryDirectory() as folder:
        base.execute("CREATE TABLE points AS " + _rows(base, _points(design)))
        path = Path(folder) / "measures.parquet"
        query = _view(store, design, "measures", "measure, value")
        copy_parquet(base, f"{query} ORDER BY point, measure, replication", path)
        return path.read_bytes()


def _points(design: Design) -> Mapping[str, Any]:
    reference = dict(design.contrasts)
    return {
        "point": np.arange(len(design.points), dtype=np.int32),
        "scenario": np.array([p.world for p in design.points]),
        "plan": np.array(
            [f"{p.plan.name} ({p.variant})" if p.variant else p.plan.name for p in design.points]
        ),
        "seed": np.array([p.scenario.seed for p in design.points]),
        "reference": np.array([reference.get(i, i) for i in range(len(design.points))], dtype=np.int32),
        "fingerprint": np.array([p.fingerprint for p in design.points]),
    }


def _factors(design: Design) -> Mapping[str, Any]:
    rows = [(i, name, value) for i, p in enumerate(design.points) for name, value in p.factors.items()]
    return {
        "point": np.array([i for i, _, _ in rows], dtype=np.int32),
        "factor": np.array([name for _, name, _ in rows], dtype=str),
        "value": np.array([value for _, _, value in rows], dtype=float),
    }


def _rows(base: Any, columns: Mapping[str, Any]) -> str:
    """Return the query of *columns*, their texts as texts."""
    base.register("given", columns)
    texts = [f"{n}::VARCHAR AS {n}" for n, values in columns.items() if values.dtype.kind == "U"]
    return "SELECT * " + (f"REPLACE ({', '.join(texts)}) " if texts else "") + "FROM given"


def _view(store: Store, design: Design, table: str, columns: str) -> str:
    """Return the query of *table* over the replications that all points have, as far as the design goes."""
    each = []
    shared = set.intersection(*(store.there(point) for point in design.points))
    chosen = sorted(k for k in shared if design.replications is None or k < design.replications)
    for number, point in enumerate(design.points):
        files = ", ".join(quoted(path.resolve()) for path in store.files(point, table))
        if files:
            each.append(
                f"SELECT {number} AS point, replication, {columns} FROM read_parquet([{files}]) "
                f"WHERE replication IN {_listed(chosen)}"
            )
    if not each:
        each = [f"SELECT 0 AS point, 0 AS replication, {_nothing(columns)} LIMIT 0"]
    whole = " UNION ALL ".join(each)
    return (
        "SELECT p.point, p.scenario, p.plan, r.* EXCLUDE (point) "
        f"FROM ({whole}) r JOIN points p USING (point)"
    )


def _listed(numbers: Sequence[int]) -> str:
    """Return *numbers* as a list of SQL."""
    return f"({', '.join(map(str, numbers)) or 'NULL'})"


def _nothing(columns: str) -> str:
    return ", ".join(f"NULL AS {column.split()[-1]}" for column in columns.split(", ") if ")" not in column)
