"""A report in a browser: nothing fetched, nothing complained of, readable, marked on every printed page."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nspl_sim.paper.comparison import compare
from nspl_sim.paper.language import Language
from nspl_sim.report import report
from nspl_sim.scenario.load import load_shipped
from tests.unit.report_batches import made, plan, points

playwright = pytest.importorskip("playwright.sync_api", reason="the package playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is missing")

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))),
    None,
)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine"),
]
MARKING = "ÖVNING ”PRÖVAD” & <märkt>"
PAPER = {"width": 680, "height": 990}
"""A4 within its margins, in the points of a screen."""

LAPTOP, TELEPHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of a made-up comparison of three plans in all of Sweden."""
    plans = [plan(p) for p in ("alone", "today", "coordinated")]
    sweden = load_shipped("national-surge").scenario.model_copy(update={"marking": MARKING})
    batch = made(points([sweden], plans), lambda p: -p / 50)
    folder = tmp_path_factory.mktemp("report")
    content = report(compare(batch), {"command": ["nspl", "run"]}, Language("sv"))["report.html"]
    (folder / "report.html").write_bytes(content)
    return folder / "report.html"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Return the machine's own chromium, without a window."""
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with playwright.sync_playwright() as players:
        found = players.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield found
        found.close()


def opened(browser: Any, path: Path, size: dict[str, int], script: bool = True) -> Any:
    """Return the page at *path*, with what it asked for and complained of in its ``heard``."""
    page = browser.new_context(viewport=size, java_script_enabled=script).new_page()
    page.heard = []
    page.on("console", lambda message: page.heard.append(message.text))
    page.on("pageerror", lambda fault: page.heard.append(str(fault)))
    page.on("request", lambda asked: page.heard.append(asked.url))
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize("size", [LAPTOP, TELEPHONE])
def test_nothing_is_asked_for_and_nothing_sticks_out(browser: Any, path: Path, size: dict[str, int]) -> None:
    page = opened(browser, path, size)
    assert page.heard == [path.as_uri()]
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    page.context.close()


def test_it_is_whole_without_scripts(browser: Any, path: Path) -> None:
    page = opened(browser, path, LAPTOP, script=False)
    assert page.locator("figure svg").count() == 6
    assert page.locator("#answer").inner_text().startswith("Svar.")
    page.context.close()


@pytest.mark.parametrize("size", [LAPTOP, TELEPHONE])
def test_it_can_be_read_by_all(browser: Any, path: Path, size: dict[str, int]) -> None:
    page = opened(browser, path, size)
    for closed in page.locator("summary").all():
        closed.click()
    found = axe.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.context.close()


def test_nothing_is_wider_than_the_paper(browser: Any, path: Path) -> None:
    page = opened(browser, path, PAPER)
    page.emulate_media(media="print")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= PAPER["width"], "all would print smaller"
    page.context.close()


def test_every_printed_page_carries_the_marking(browser: Any, path: Path, tmp_path: Path) -> None:
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.skip("no pdftotext on this machine")
    page = opened(browser, path, LAPTOP)
    page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True, print_background=True)
    page.context.close()
    done = subprocess.run([reader, "-layout", tmp_path / "report.pdf", "-"], capture_output=True, check=True)
    sheets = done.stdout.decode().split("\f")[:-1]
    assert len(sheets) > 3
    for number, sheet in enumerate(sheets, start=1):
        assert sheet.count(MARKING) >= 2, f"page {number}: top and bottom"
        told = " ".join(sheet.split())
        assert "Fullständig version" in told and "sprids inte" in told and f"Sida {number} av" in told
    assert "Vägen framåt." in sheets[0], "page one is one page"
    assert "Innehåll" in sheets[0] and "Figur 1" not in sheets[0]
    assert "När tar platserna slut?" in sheets[1], "page one is one page, and the contents are on it"
    everything = " ".join(" ".join(sheets).split())
    assert re.search(r"Alla regioner \d", everything), "the tables behind the figures are printed too"
