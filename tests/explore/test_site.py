import asyncio
import gzip
import html as markup
import json
import os
import re
import socket
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pytest
from datasette.app import Datasette

from explore.settings import DIRECTORY, load_queries, load_site
from explore.site import build_site, serve, snapshot
from extract.run import extract
from schema.database import FILE, open_database
from schema.dictionary import dictionary
from schema.errors import UserError
from schema.publication import PUBLISHED, has_present_schema
from tests.extract.archive_of import ArchiveOf, html, read_page

QUERIES = load_queries()
TOLD = "title: Abc\ntitle_vi: Một câu\nabout: long enough\nabout_vi: đủ dài để đọc\n"
"""The words of a canned query in both languages."""
OLD = Path(__file__).parents[1] / "schema" / "fixtures" / "0002_overviews.db.gz"

PROVINCIAL = html(
    "Ninh Thuận: giảm nghèo <b>bền vững</b>",
    "Căn cứ Quyết định số 749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ;",
    "Ngày 02/7/2022, UBND tỉnh Ninh Thuận ban hành Kế hoạch số 2870/KH-UBND về giảm nghèo bền vững năm 2022.",
    "Mục tiêu: Tỷ lệ hộ nghèo giảm 1,5 - 2%/năm.",
    "Trước ngày 15/12/2024, các sở phải báo cáo kết quả.",
)
DEPARTMENT = html(
    "Cục Thống kê hưởng ứng phong trào",
    "Thực hiện Kế hoạch số 31/KH-UBND ngày 02/3/2022 của UBND tỉnh Ninh Thuận về thi đua;",
    "Ngày 13/7/2022, Cục Thống kê tỉnh Ninh Thuận ban hành Kế hoạch số 446/KH-CTK về hưởng ứng phong trào năm 2022.",
)
HOSTILE = html("&lt;script&gt;alert(1)&lt;/script&gt; Đồng Tháp", "Ngày 5/3/2024, tỉnh Đồng Tháp họp.")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    archive = ArchiveOf(tmp_path_factory.mktemp("site") / "data")
    for number, page in enumerate((PROVINCIAL, DEPARTMENT, HOSTILE), start=1):
        archive.add(f"http://thu.invalid/{number}", page)
    extract(archive.data, read_page, archive.read_bytes)
    return archive.data


@pytest.fixture(scope="module")
def site(data: Path) -> Datasette:
    return build_site(data)


def get(site: Datasette, path: str) -> str:
    response = asyncio.run(site.client.get(path))
    assert response.status_code == 200, (path, response.text[:500])
    return str(response.text)


def rows(site: Datasette, path: str, **parameters: str) -> list[dict[str, object]]:
    answer = json.loads(get(site, f"{path}?{urlencode({**parameters, '_shape': 'array'})}".replace("?", ".json?", 1)))
    assert isinstance(answer, list), answer
    return answer


@pytest.mark.parametrize("name", sorted({*dictionary()}))
def test_every_table_has_a_page_with_its_descriptions(site: Datasette, name: str) -> None:
    page = markup.unescape(get(site, f"/plans/{name}"))
    entry = dictionary()[name]
    assert entry.about in page
    assert [words for words in entry.columns.values() if words not in page] == []


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_every_canned_query_answers_its_example(site: Datasette, name: str) -> None:
    page = get(site, f"/plans/{name}")
    assert markup.escape(QUERIES[name].title_vi) in page
    english = get(site, f"/plans/{name}?_lang=en")
    assert markup.escape(QUERIES[name].title) in english
    example = re.search(r'<a href="([^"]+)">An example</a>', english)
    path = markup.unescape(example[1]) if example else f"/plans/{name}"
    assert bool(example) == bool(QUERIES[name].parameters)
    get(site, path)


def test_search_with_and_without_marks(site: Datasette) -> None:
    for query in ("dong thap", "đồng tháp"):
        assert [row["url"] for row in rows(site, "/plans/search", q=query)] == ["http://thu.invalid/3"]
        assert len(rows(site, "/plans/posts", _search=query)) == 1
    assert len(rows(site, "/plans/search", q="nam")) == 2
    assert rows(site, "/plans/search", q="Việt năm") == []
    for query in ('"', "NEAR(", "a OR", "*", "đ:x AND"):
        rows(site, "/plans/search", q=query)
        rows(site, "/plans/posts", _search=query)


def test_questions_have_the_right_answers(site: Datasette) -> None:
    for number in ("749/QĐ-TTg", "749 / qđ-ttg", "0749/qd-ttg"):
        carried_out = rows(site, "/plans/plans_implementing", number=number)
        assert [row["number"] for row in carried_out] == ["2870/KH-UBND"]
    assert rows(site, "/plans/plans_implementing", number="74/QĐ-TTg") == []
    unseen = rows(site, "/plans/known_only_by_citation", province="ninh thuan")
    assert [row["number"] for row in unseen] == ["31/KH-UBND"]
    assert rows(site, "/plans/known_only_by_citation", province="hà nội") == []
    today = rows(site, "/plans/plans_of_a_province_today", province="khánh hòa")
    assert sorted(str(row["number"]) for row in today) == ["2870/KH-UBND", "446/KH-CTK"]
    targets = rows(site, "/plans/targets_of_indicator", indicator="ty le ho ngheo", province="")
    assert [(row["min"], row["max"], row["unit"], row["per"]) for row in targets] == [(1.5, 2.0, "%", "year")]
    assert rows(site, "/plans/targets_of_indicator", indicator="tỷ lệ hồ nghèo", province="") == []
    days = [row["day"] for row in rows(site, "/plans/deadlines", first="2024-01-01", last="2024-12-31")]
    assert "2024-12-15" in days
    assert rows(site, "/plans/deadlines", first="2024-12-16", last="2024-12-31") == []
    coverage = rows(site, "/plans/coverage")
    assert [(row["province_today"], row["year"], row["plans"]) for row in coverage] == [("Khánh Hòa", "2022", 2)]


def test_text_from_the_web_is_escaped(site: Datasette) -> None:
    for path in ("/plans/posts", "/plans/search?q=dong+thap"):
        assert "<script>alert(1)" not in get(site, path)


def test_the_site_is_read_only_and_keeps_to_itself(site: Datasette) -> None:
    assert site.databases["plans"].is_mutable is False
    page = get(site, "/")
    assert re.findall(r'(?:src|href)="(?:https?:)?//(?!datasette\.io|localhost)[^"]*"', page) == []
    assert asyncio.run(site.client.get("/plans.json?sql=delete+from+posts")).status_code == 400


def test_an_empty_database_has_a_site(tmp_path: Path) -> None:
    open_database(tmp_path / "plans.db").close()
    empty = build_site(tmp_path)
    for name in ("", "/plans", "/plans/plan_overview", "/plans/search?q=a", "/plans/coverage"):
        get(empty, name or "/")


def test_the_snapshot_is_made_anew_when_the_data_change(tmp_path: Path) -> None:
    source, target = tmp_path / "plans.db", tmp_path / "snapshot" / "plans.db"
    database = open_database(source)
    snapshot(source, target)
    database.execute("INSERT INTO runs (command, started, outcome) VALUES ('crawl', '2026', 'ok')")  # still in the log
    snapshot(source, target)
    shown = open_database(target)
    assert shown.execute("SELECT count(*) FROM runs").fetchone() == (1,)
    shown.close()
    database.close()
    snapshot(source, target)
    written = target.stat().st_ino
    snapshot(source, target)
    assert target.stat().st_ino == written, "nothing changed, nothing copied"


def test_what_an_older_program_made_is_shown_from_a_copy_of_the_present_schema(tmp_path: Path) -> None:
    whole = tmp_path / PUBLISHED / FILE
    whole.parent.mkdir()
    whole.write_bytes(gzip.decompress(OLD.read_bytes()))
    before = whole.read_bytes()
    old = build_site(tmp_path)
    for name in ("/", "/coverage", "/indicators", "/cascade", "/plans/plan_overview", "/plans/search_plans?q=ke+hoach"):
        get(old, name)
    assert [path.name for path in whole.parent.iterdir()] == [FILE]
    assert whole.read_bytes() == before
    assert [path.name for path in (tmp_path / "snapshot").iterdir()] == [FILE]


def test_a_copy_of_an_older_schema_is_made_anew(tmp_path: Path) -> None:
    target = tmp_path / "snapshot" / FILE
    open_database(tmp_path / FILE).close()
    snapshot(tmp_path / FILE, target)
    made = target.stat()
    with closing(sqlite3.connect(target)) as database:
        database.execute("DELETE FROM _sqlite_migrations WHERE id = (SELECT max(id) FROM _sqlite_migrations)")
        database.commit()
    os.utime(target, ns=(made.st_mtime_ns, made.st_mtime_ns))
    snapshot(tmp_path / FILE, target)
    assert has_present_schema(target)


def test_no_data_and_a_port_in_use_are_told(tmp_path: Path, data: Path) -> None:
    with pytest.raises(UserError, match="make crawl extract"):
        serve(tmp_path, 8001)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(UserError, match=f"port {port}: .*--port"):
            serve(data, port)


def test_settings_of_the_repository_fit() -> None:
    assert len(QUERIES) >= 5
    assert load_site().tables.keys() == dictionary().keys()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("title: [", "line 1"),
        (f"{TOLD}parameters: {{}}\nsql: DELETE FROM posts\n", "sql"),
        (f"{TOLD}parameters: {{}}\nsql: SELECT :q\n", "uses the parameters"),
        (f"{TOLD}parameters: {{}}\nsql: SELECT 1\nmore: 1\n", "more"),
        (f"{TOLD}parameters: {{}}\nsql: SELECT 1\n".replace("title_vi", "title_fr"), "title_vi"),
        (f"{TOLD}parameters: {{}}\nsql: SELECT 1\n".replace("about_vi", "about_fr"), "about_vi"),
        (f"{TOLD}parameters: {{q: {{about: words, example: a}}}}\nsql: SELECT :q\n", "parameters.q.about_vi"),
        ("- a list\n", "file"),
    ],
)
def test_a_query_that_does_not_fit_is_told_with_its_file(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(content)
    with pytest.raises(UserError, match=message) as caught:
        load_queries(tmp_path)
    assert str(path) in str(caught.value)


def test_a_site_file_with_an_unknown_column_is_told(tmp_path: Path) -> None:
    path = tmp_path / "site.yaml"
    path.write_text(
        (DIRECTORY / "site.yaml").read_text(encoding="utf-8").replace("facets: [role]", "facets: [rôle]"),
        encoding="utf-8",
    )
    with pytest.raises(UserError, match=r"tables\.citations: no column rôle"):
        load_site(path)
