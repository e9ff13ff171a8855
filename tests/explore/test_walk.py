"""The site in a real browser: a researcher's walk, keyboard, phone, languages, an empty database, hostile text."""

import csv
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import uvicorn

from explore.site import build_site
from schema.database import open_database
from tests.explore.chromium import PHONE, Watched, browser, find_chromium
from tests.explore.told import tell

CHROMIUM = find_chromium()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: install it, or name it in KEHOACH_CHROMIUM"),
]


@contextmanager
def served(data: Path) -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(build_site(data).app(), port=0, log_level="error", lifespan="on"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server has ended"
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    archive = tell(tmp_path_factory.mktemp("walk") / "data")
    with served(archive.data) as at:
        yield at


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    data = tmp_path_factory.mktemp("empty") / "data"
    open_database(data / "plans.db").close()
    with served(data) as at:
        yield at


@pytest.fixture
def chromium() -> Iterator[Watched]:
    assert CHROMIUM is not None
    with browser(CHROMIUM) as running:
        yield running


def only_asked(chromium: Watched, *addresses: str) -> None:
    """Nothing was asked of another host, and the console is silent."""
    hosts = {urlsplit(url).netloc for url in chromium.requests if not url.startswith(("data:", "about:"))}
    assert hosts <= {urlsplit(address).netloc for address in addresses}
    assert chromium.complaints == []


def test_a_walk_from_a_search_without_marks_to_a_csv_file(chromium: Watched, address: str) -> None:
    chromium.page.goto(f"{address}/?_lang=en")
    chromium.page.click("#q")
    chromium.page.keyboard.type("ty le ho ngheo ninh thuan")
    chromium.enter()
    assert "Tỷ lệ hộ nghèo giảm 1,5 - 2%/năm" in chromium.page.inner_text("main")
    chromium.follow("a.hit-title[href*='#s-']")
    target = "document.querySelector('mark:target')"
    assert chromium.js(f"{target}.innerText") == "Tỷ lệ hộ nghèo giảm 1,5 - 2%/năm"
    assert chromium.js(f"getComputedStyle({target}).outlineStyle") == "solid"
    chromium.page.click("h1")
    assert chromium.js(f"getComputedStyle({target}, '::after').content") == "none"
    chromium.page.click("mark:target")  # a tap gives it the focus, and with it the rule
    assert "target." in chromium.js(f"getComputedStyle({target}, '::after').content")
    assert "Cổng thử" in chromium.page.inner_text(".attribution")

    chromium.follow("a.compare[href*='/indicator/']")
    assert chromium.page.inner_text("h1") == "Poverty rate"
    assert chromium.js("document.querySelectorAll('.chart .dot').length") == 3
    assert chromium.js("document.querySelectorAll('.chart .dot.chosen').length") == 1
    assert "Khánh Hòa" in chromium.page.inner_text(".chart")
    chromium.page.select_option("#province", "new:40")
    chromium.follow(".line button")
    assert "Nghệ An" in chromium.page.inner_text(".chart")
    assert "1 - 1,5%/năm" in chromium.page.inner_text("table")

    chromium.follow("table a[href*='/plan/']")
    chromium.follow("a.compare[href*='/cascade/']")
    assert chromium.page.inner_text("h1") == "90/QĐ-TTg"
    assert chromium.js("document.querySelectorAll('.tree .tree a[href*=plan]').length") == 1, "the department's plan"
    with chromium.page.expect_download() as download:
        chromium.page.click(".take a[download]")
    with download.value.path().open(encoding="utf-8", newline="") as file:
        assert sorted(row["number"] for row in csv.DictReader(file)) == ["2870/KH-UBND", "834/KH-UBND"]
    only_asked(chromium, address)


def test_the_keyboard_reaches_everything(chromium: Watched, address: str) -> None:
    chromium.page.goto(f"{address}/search?q=ngheo&in=targets&_lang=en")
    chromium.page.keyboard.press("Tab")
    assert chromium.js("document.activeElement.className") == "skip"
    assert chromium.js("document.activeElement.getBoundingClientRect().left") == 0, "the skip link shows itself"
    chromium.page.keyboard.press("Enter")
    assert chromium.js("location.hash") == "#main"
    seen = []
    for _ in range(14):
        chromium.page.keyboard.press("Tab")
        seen.append(chromium.js("document.activeElement.className || document.activeElement.id"))
        assert chromium.js("getComputedStyle(document.activeElement).outlineStyle") != "none", seen
        if seen[-1] == "hit-title":
            break
    assert seen[0] == "q"
    assert seen[-1] == "hit-title"
    chromium.enter()
    chromium.js("document.querySelector('mark:target').focus()")
    assert "target." in chromium.js("getComputedStyle(document.activeElement, '::after').content")
    only_asked(chromium, address)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_fits_a_phone(chromium: Watched, address: str, language: str) -> None:
    chromium.page.set_viewport_size(PHONE)
    chromium.page.goto(f"{address}/search?q=ngheo&in=plans&_lang={language}")
    plan = chromium.js("document.querySelector('a.hit-title').getAttribute('href')")
    pages = ["/", "/search?q=ngheo", plan, "/provinces", "/province/new:40", "/province/old:58", "/indicators"]
    pages += ["/indicator/poverty.rate", "/cascade", "/coverage", "/data", "/none"]
    for page in pages:
        chromium.page.goto(f"{address}{page}")
        assert chromium.js("document.documentElement.scrollWidth") <= 390, page
        assert chromium.js("document.documentElement.lang") == language, page
        assert chromium.js("document.querySelectorAll('h1').length") == 1, page
        unnamed = (
            "[...document.querySelectorAll('input:not([type=hidden]), select, a, button')].filter(e => !(e.labels"
            " && e.labels.length || e.textContent.trim() || e.getAttribute('aria-label'))).map(e => e.outerHTML)"
        )
        assert chromium.js(unnamed) == [], page
    chromium.complaints = [one for one in chromium.complaints if "404" not in one]
    only_asked(chromium, address)


def test_the_language_is_remembered(chromium: Watched, address: str) -> None:
    chromium.page.goto(f"{address}/coverage?_lang=en")
    chromium.follow(".languages a[lang=vi]")
    assert chromium.page.inner_text("h1") == "Độ phủ"
    chromium.page.goto(f"{address}/indicators")
    assert chromium.page.inner_text("h1") == "Chỉ số"


def test_hostile_text_stays_text(chromium: Watched, address: str) -> None:
    for page in (
        "/",
        "/search?q=script",
        "/search?q=<script>alert(9)</script>",
        "/plans/posts",
        "/plans/plan_overview",
    ):
        chromium.page.goto(f"{address}{page}")
    chromium.complaints = [one for one in chromium.complaints if "inline style" not in one]  # Datasette's own headings
    chromium.page.goto(f"{address}/search?q=dong+thap&in=plans&_lang=en")
    chromium.follow("a.hit-title")
    assert "</mark><script src=//xa.invalid/y></script> ⟨U+202E⟩" in chromium.page.inner_text(".text")
    assert "<b onclick=alert(3)> năm 2024" in chromium.page.inner_text("h1")
    assert chromium.js("document.querySelectorAll('main script, main img, [onclick]').length") == 0
    only_asked(chromium, address)


def test_an_empty_database(chromium: Watched, empty: str) -> None:
    for page in ("/", "/search?q=a", "/provinces", "/indicators", "/cascade", "/coverage", "/data"):
        chromium.page.goto(f"{empty}{page}")
        assert chromium.js("document.querySelectorAll('h1').length") == 1, page
    chromium.page.goto(f"{empty}/?_lang=en")
    assert "make crawl extract" in chromium.page.inner_text("[role=status]")
    only_asked(chromium, empty)
