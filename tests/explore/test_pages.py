"""The site's own pages without a browser: every link answers, headers are strict, values lead to their passages."""

import asyncio
import html
import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from bs4 import BeautifulSoup
from datasette.app import Datasette

from explore.guard import POLICY
from explore.site import build_site
from schema.database import open_database
from tests.explore.told import tell

Get = Callable[[str], httpx.Response]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Datasette:
    archive = tell(tmp_path_factory.mktemp("pages") / "data")
    return build_site(archive.data, archive.read_bytes)


@pytest.fixture(scope="module")
def get(site: Datasette) -> Get:
    def ask(path: str) -> httpx.Response:
        return asyncio.run(site.client.get(path))

    return ask


def links(page: str) -> set[str]:
    return {html.unescape(link) for link in re.findall(r'(?:href|src)="(/[^"#]*)', page)}


def plan_of(get: Get, number: str) -> str:
    rows = get(f"/plans/plan_overview.json?_shape=array&number__exact={number}").json()
    return str(rows[0]["plan_id"])


def test_every_link_of_every_own_page_answers(get: Get) -> None:
    waiting, seen = ["/?_lang=vi", "/?_lang=en", "/search?q=ngheo", "/search?q=ngheo&in=posts&page=1"], set[str]()
    while waiting and len(seen) < 400:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        answer = get(path)
        assert answer.status_code == 200, (path, answer.text[-300:])
        own = not path.startswith(("/plans", "/site", "/-/", "/original"))
        if own and "text/html" in answer.headers["content-type"]:
            provinces = ("/province/new:40", "/province/new:56", "/province/old:58")
            new = [one for one in sorted(links(answer.text)) if "/province/" not in one or one.startswith(provinces)]
            waiting += [one for one in new if "indicator/" not in one or "poverty.rate" in one]
    kinds = {re.split(r"[/?]", path)[1] for path in seen}
    assert {"plan", "province", "indicator", "cascade", "coverage", "original", "plans", "site"} <= kinds
    assert len(seen) > 60


@pytest.mark.parametrize(
    "path", ["/", "/search?q=a", "/plans", "/plans/posts", "/plans/posts.csv", "/plans.json", "/none", "/site/site.css"]
)
def test_every_answer_is_strict(get: Get, path: str) -> None:
    headers = get(path).headers
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "unsafe" not in POLICY
    assert "http" not in POLICY


def test_own_pages_hold_no_inline_code(get: Get) -> None:
    plan = plan_of(get, "2870/KH-UBND")
    for path in ("/", "/search?q=ngheo", f"/plan/{plan}", "/provinces", "/province/new:56", "/indicator/poverty.rate"):
        page = get(path).text
        tags = BeautifulSoup(page, "lxml").find_all(True)
        assert [tag for tag in tags if tag.name in ("script", "style", "iframe", "object", "img")] == [], path
        assert [name for tag in tags for name in tag.attrs if name == "style" or name.startswith("on")] == [], path
        assert re.findall(r'(?:src|href)="(?:https?:)?//(?!thu\.invalid)', page) == [], path


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_the_site_only_reads(site: Datasette, method: str) -> None:
    answer = asyncio.run(site.client.request(method, "/plans/plan_overview"))
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


def test_a_value_leads_to_its_passage_and_the_passage_says_its_rule(get: Get) -> None:
    plan = plan_of(get, "2870/KH-UBND")
    page = get(f"/plan/{plan}?_lang=en").text
    targets = get(f"/plans/targets.json?_shape=array&plan_id__exact={plan}").json()
    assert targets
    for row in targets:
        assert f'href="#s-{row["id"]}"' in page
        mark = re.search(rf'<mark class="k-target" id="s-{row["id"]}"[^>]*>(.*?)</mark>', page)
        assert mark
        assert html.unescape(re.sub("<[^>]+>", "", mark[1])) == row["quote"]
        assert f"{row['rule']} · confidence {round(row['confidence'] * 100)}%" in mark[0]
    table = get("/plans/targets").text
    assert f'href="/plan/{plan}#s-{targets[0]["id"]}"' in table
    assert "Nguồn (source): " in page
    assert 'href="http://thu.invalid/1"' in page


def test_the_archived_original_is_saved_as_served_and_never_run(get: Get, tmp_path: Path) -> None:
    fetch = get("/plans/posts.json?_shape=array&url__exact=http://thu.invalid/4").json()[0]["fetch_id"]
    answer = get(f"/original/{fetch}")
    assert b"&lt;script&gt;alert(1)" in answer.content
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert get("/original/0123").status_code == 404
    archive = tell(tmp_path / "alone")
    alone = build_site(archive.data)
    assert asyncio.run(alone.client.get(f"/original/{fetch}")).status_code == 404


def test_a_plan_as_json_holds_the_text_and_every_span(get: Get) -> None:
    record = json.loads(get(f"/plan/{plan_of(get, '834/KH-UBND')}.json").text)
    text = record["plan"]["text"]
    told = [*record["evidence"].values(), *(row for rows in record["items"].values() for row in rows)]
    assert len(told) > 3
    assert all(text[row["span_begin"] : row["span_end"]] == row["quote"] for row in told)


def test_a_province_by_the_three_meanings_of_its_name(get: Get) -> None:
    today = get("/province/new:56?_lang=en").text
    assert "2870/KH-UBND" in today
    assert "2870/KH-UBND" not in get("/province/new:56?view=named").text
    assert "2870/KH-UBND" not in get("/province/new:56?view=dated").text
    old = get("/province/old:58").text
    assert "2870/KH-UBND" in old
    assert 'href="/province/new:56"' in old
    assert 'href="/province/old:58"' in today


def test_the_cascade_shows_both_levels_and_the_targets_side_by_side(get: Get) -> None:
    basis = get("/plans/documents.json?_shape=array&number__exact=90/QĐ-TTg").json()[0]["id"]
    page = html.unescape(get(f"/cascade/{basis}?_lang=en").text)
    below, _, compared = page.partition('id="compared"')
    assert below.index("2870/KH-UBND") < below.index("446/KH-CTK")
    assert "cut by 1.5–2%/year" in compared
    assert "cut by 1–1.5%/year" in compared
    assert "known only by citation" in page


@pytest.mark.parametrize("path", ["/plan/none", "/province/none", "/indicator/none", "/cascade/none", "/nowhere"])
def test_what_is_not_there_is_told_in_the_reader_s_language(get: Get, path: str) -> None:
    for language, words in (("vi", "Không có trang này"), ("en", "There is no such page")):
        answer = get(f"{path}?_lang={language}")
        assert answer.status_code == 404
        assert words in html.unescape(answer.text)


@pytest.mark.parametrize(
    "query", ["", '"', '"""', "AND OR NOT", "ngh*", "a" * 5000, "(", "-x", "\x00", "\ud800", "^a", "NEAR(a b)", "'; --"]
)
def test_whatever_is_typed_is_searched(get: Get, query: str) -> None:
    answer = get(str(httpx.URL("/search", params={"q": query.encode("utf-8", "surrogatepass").decode("latin-1")})))
    assert answer.status_code == 200


@pytest.mark.parametrize("page", ["0", "-1", "x", "999999", "9999999999999999999999", "٣"])
def test_a_page_that_is_not_there_is_empty(get: Get, page: str) -> None:
    assert get(f"/search?q=ngheo&in=targets&page={page}").status_code == 200
    assert get(f"/province/new:56?page={page}").status_code == 200
    assert get(f"/indicator/poverty.rate?page={page}&year={page}&province={page}").status_code == 200


def test_search_finds_each_kind_with_and_without_marks(get: Get) -> None:
    for scope, query, words in [
        ("plans", "giam ngheo nghe an", "834/KH-UBND"),
        ("plans", "834/kh-ubnd", "834/KH-UBND"),
        ("targets", "tỷ lệ hộ nghèo", "1,5 - 2%"),
        ("posts", "hưởng ứng", "Cục Thống kê"),
    ]:
        page = html.unescape(re.sub("<[^>]+>", "", get(f"/search?q={query}&in={scope}").text))
        assert words in page, (scope, query)
    assert "1,5 - 2%" not in get("/search?q=tỷ lệ hồ nghèo&in=targets").text


def test_an_empty_database_has_all_pages(tmp_path: Path) -> None:
    open_database(tmp_path / "plans.db").close()
    empty = build_site(tmp_path)
    for path in ("/", "/search?q=a", "/provinces", "/indicators", "/cascade", "/coverage", "/data"):
        assert asyncio.run(empty.client.get(path)).status_code == 200, path


def test_addresses_survive_in_links(get: Get) -> None:
    page = get("/search?q=a%26b%22%3C&in=targets&_lang=en").text
    switch = next(link for link in links(page) if "_lang=vi" in link)
    assert dict(httpx.QueryParams(urlsplit(switch).query)) == {"q": 'a&b"<', "in": "targets", "_lang": "vi"}
