import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from extract import archived, patterns, run
from extract.run import Summary, extract
from schema.errors import UserError
from schema.search import search_posts
from tests.extract.archive_of import ArchiveOf, html, read_page
from tests.extract.test_attachments import LINES, SCAN, make_docx, make_pdf, text_content

PLAN = html(
    "UBND tỉnh Ninh Thuận ban hành Kế hoạch giảm nghèo năm 2022",
    "Ngày 02/7/2022, UBND tỉnh Ninh Thuận ban hành Kế hoạch số 2870/KH-UBND về giảm nghèo bền vững năm 2022.",
    "Kế hoạch triển khai Quyết định số 90/QĐ-TTg ngày 18/01/2022 của Thủ tướng Chính phủ.",
    "1. Mục tiêu",
    "- Tỷ lệ hộ nghèo giảm 1,5 - 2%/năm.",
    "2. Yêu cầu",
    "- Các sở, ngành phải thực hiện nghiêm túc, đúng tiến độ.",
)
DEPARTMENT = html(
    "Cục Thống kê hưởng ứng phong trào thi đua",
    "Thực hiện Kế hoạch số 2870/KH-UBND ngày 02/7/2022 của UBND tỉnh Ninh Thuận về giảm nghèo bền vững;",
    "Ngày 13/7/2022, Cục Thống kê tỉnh Ninh Thuận ban hành Kế hoạch số 446/KH-CTK về hưởng ứng phong trào thi đua"
    " năm 2022.",
)
NEWS = html("Đồng Tháp: hội nghị tổng kết", "Ngày 5/3/2024, tỉnh Đồng Tháp tổng kết công tác. Năm nay mưa nhiều.")

# what is allowed to differ between two readings of one archive
INDEXES = ("post_search", "plan_search", "target_search", "requirement_search")
NOT_CONTENT = ("runs", "_sqlite_migrations", "sqlite_", *INDEXES)


def go(archive: ArchiveOf) -> Summary:
    return extract(archive.data, read_page, archive.read_bytes)


def dump(archive: ArchiveOf) -> dict[str, list[tuple[object, ...]]]:
    database = archive.open()
    tables = [name for name in database.table_names() if not name.startswith(NOT_CONTENT)]
    content = {name: database.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in tables}
    for words in ("thong ke", "đồng tháp", "năm", "nam", "co quan"):
        content[f"search {words}"] = [(hit.post_id, hit.passage) for hit in search_posts(database, words)]
    database.close()
    return content


def rows(archive: ArchiveOf, sql: str) -> list[tuple[object, ...]]:
    database = archive.open()
    found = database.execute(sql).fetchall()
    database.close()
    return found


@pytest.fixture
def archive(tmp_path: Path) -> ArchiveOf:
    made = ArchiveOf(tmp_path / "data")
    made.add("http://thu.invalid/1", PLAN)
    made.add("http://thu.invalid/2", DEPARTMENT)
    made.add("http://thu.invalid/3", NEWS)
    return made


def test_posts_become_plans_documents_and_citations(archive: ArchiveOf) -> None:
    summary = go(archive)
    assert (summary.read, summary.failed, summary.counts["posts"]) == (3, 0, 3)
    assert rows(archive, "SELECT number, issued, province FROM plans WHERE number IS NOT NULL ORDER BY number") == [
        ("2870/KH-UBND", "2022-07-02", "Ninh Thuận"),
        ("446/KH-CTK", "2022-07-13", "Ninh Thuận"),
    ]
    cited = rows(
        archive,
        "SELECT count(DISTINCT document_id), count(*) FROM citations WHERE number = '2870/KH-UBND'",
    )
    assert cited == [(1, 2)], "both posts speak of one document"
    today = "SELECT DISTINCT province_id, province_today_id FROM plans WHERE province = 'Ninh Thuận'"
    assert rows(archive, today) == [("old:58", "new:56")]


def test_every_span_points_at_its_quote(archive: ArchiveOf) -> None:
    archive.add("http://thu.invalid/4", html("Kế hoạch", "Có tệp.", files={"KH": "http://thu.invalid/kh.docx"}))
    archive.add("http://thu.invalid/kh.docx", _plan_docx(), kind="attachment")
    go(archive)
    checked = 0
    for table in ("plan_evidence", "purposes", "requirements", "targets", "milestones"):
        for text, begin, end, quote in rows(
            archive,
            "SELECT coalesce(attachments.text, posts.text), span_begin, span_end, quote"
            f" FROM {table} JOIN plans ON plans.id = plan_id JOIN posts ON posts.id = plans.post_id"
            " LEFT JOIN attachments ON attachments.id = plans.attachment_id",
        ):
            assert text[begin:end] == quote  # type: ignore[index]
            checked += 1
    assert checked > 8


def test_a_second_run_changes_nothing_but_the_log(archive: ArchiveOf) -> None:
    go(archive)
    before = dump(archive)
    summary = go(archive)
    assert summary.read == 0
    assert dump(archive) == before
    assert rows(archive, "SELECT command, outcome FROM runs") == [("extract", "ok")] * 2


def test_the_order_of_reading_does_not_matter(archive: ArchiveOf, tmp_path: Path) -> None:
    other = ArchiveOf(tmp_path / "other")
    for number in (3, 1, 2):
        other.add(f"http://thu.invalid/{number}", (PLAN, DEPARTMENT, NEWS)[number - 1])
        go(other)
    go(archive)
    mine, theirs = dump(archive), dump(other)
    del mine["fetches"], theirs["fetches"]
    assert mine == theirs


@pytest.mark.parametrize("killed_after", [0, 1, 2])
def test_a_run_killed_between_two_posts_is_finished_by_the_next(
    archive: ArchiveOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, killed_after: int
) -> None:
    whole = ArchiveOf(tmp_path / "whole", archive.records)
    for number, page in enumerate((PLAN, DEPARTMENT, NEWS), start=1):
        whole.add(f"http://thu.invalid/{number}", page)
    whole.records = archive.records
    go(whole)

    real, done = archived.PostReader.read, []

    def stop(self: archived.PostReader, one: archived.Archived) -> archived.PostRows:
        if len(done) == killed_after:
            raise KeyboardInterrupt
        done.append(one)
        return real(self, one)

    with monkeypatch.context() as patch:
        patch.setattr(archived.PostReader, "read", stop)
        with pytest.raises(KeyboardInterrupt):
            go(archive)
    assert rows(archive, "SELECT outcome FROM runs") == [("interrupted",)]
    assert go(archive).read == 3 - killed_after
    mine, theirs = dump(archive), dump(whole)
    del mine["fetches"], theirs["fetches"]
    assert mine == theirs


def test_a_changed_post_replaces_its_earlier_reading(archive: ArchiveOf) -> None:
    go(archive)
    archive.add("http://thu.invalid/1", PLAN.replace("Ninh Thuận", "Nghệ An"), when="2026-02-01T00:00:00")
    assert go(archive).read == 1
    assert rows(archive, "SELECT count(*) FROM posts") == [(3,)]
    assert rows(archive, "SELECT province FROM plans WHERE number = '2870/KH-UBND'") == [("Nghệ An",)]
    names = [name for (name,) in rows(archive, "SELECT name FROM issuers")]
    assert "UBND tỉnh Nghệ An" in names
    database = archive.open()
    assert len(search_posts(database, "Nghệ An")) == 1
    assert len(search_posts(database, "Ninh Thuận")) == 1, "the department's post only"
    database.close()


def test_another_extractor_version_reads_everything_again(archive: ArchiveOf, monkeypatch: pytest.MonkeyPatch) -> None:
    go(archive)
    before = dump(archive)
    monkeypatch.setattr("extract.post.digest", lambda: "other rules!")
    assert go(archive).read == 3
    after = dump(archive)
    assert [row[-1] for row in after["posts"]] == ["other rules!"] * 3
    assert {name: rows for name, rows in after.items() if name != "posts"} == {
        name: rows for name, rows in before.items() if name != "posts"
    }


def test_what_cannot_be_read_is_an_issue_and_the_rest_goes_on(archive: ArchiveOf) -> None:
    archive.add("http://thu.invalid/4", "<html><body>404</body></html>")
    archive.add("http://thu.invalid/5", NEWS + " ")
    archive.lost.add(("a.warc.gz", 0))
    summary = go(archive)
    assert (summary.read, summary.failed) == (3, 2)
    found = rows(archive, "SELECT code, place FROM issues ORDER BY code")
    assert [code for code, _ in found] == ["archive.unreadable", "page.no_post"]
    assert "http://thu.invalid/1" in str(found[0][1])
    assert "could not be read" in summary.line()

    archive.lost.clear()
    assert go(archive).read == 1
    assert rows(archive, "SELECT code FROM issues") == [("page.no_post",)], "what could be mended is no issue any more"


@pytest.mark.parametrize("error", [RuntimeError("odd"), BaseException("a panic in Rust")])
def test_any_error_in_one_post_is_an_issue(
    archive: ArchiveOf, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    real: Callable[..., object] = archived.read_post

    def fail(post: archived.Post) -> object:
        if "Đồng Tháp" in post.text:
            raise error
        return real(post)

    monkeypatch.setattr(archived, "read_post", fail)
    assert (go(archive).read, rows(archive, "SELECT code FROM issues")) == (2, [("extract.failed",)])


def test_a_database_error_stops_the_run_and_is_told(archive: ArchiveOf, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(run.PlanStore, "save", full)
    with pytest.raises(UserError, match="disk is full"):
        go(archive)
    assert rows(archive, "SELECT outcome FROM runs") == [("failed",)]


def test_nothing_collected_is_told(tmp_path: Path) -> None:
    empty = ArchiveOf(tmp_path / "data")
    with pytest.raises(UserError, match="make crawl"):
        go(empty)
    empty.open().close()
    with pytest.raises(UserError, match="make crawl"):
        go(empty)


def _plan_docx() -> bytes:
    def fill(document: object) -> None:
        for line in (
            "ỦY BAN NHÂN DÂN TỈNH NGHỆ AN",
            "Số: 15/KH-UBND",
            "Nghệ An, ngày 12 tháng 01 năm 2024",
            "KẾ HOẠCH",
            "Chuyển đổi số tỉnh Nghệ An năm 2024",
            "Căn cứ Quyết định số 749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ;",
            "I. MỤC ĐÍCH",
            "1. Nâng cao nhận thức của người dân về chuyển đổi số.",
            "II. YÊU CẦU",
            "1. Các sở, ngành phải bám sát nhiệm vụ được giao.",
        ):
            document.add_paragraph(line)  # type: ignore[attr-defined]

    return make_docx(fill)


def test_an_attached_plan_is_read_and_leads(archive: ArchiveOf) -> None:
    page = html(
        "Nghệ An ban hành Kế hoạch chuyển đổi số năm 2024",
        "Ngày 12/01/2024, UBND tỉnh Nghệ An ban hành Kế hoạch số 15/KH-UBND về chuyển đổi số năm 2024.",
        files={"Kế hoạch": "http://thu.invalid/kh.docx", "Bản quét": "http://thu.invalid/scan.pdf", "Mất": "x.pdf"},
    )
    archive.add("http://thu.invalid/4", page)
    archive.add("http://thu.invalid/scan.pdf", make_pdf(SCAN, SCAN), kind="attachment")
    go(archive)
    assert rows(archive, "SELECT reason FROM attachments ORDER BY ordinal") == [
        ("not archived: never fetched",),
        ("not read: scanned pages without text",),
        ("not archived: never fetched",),
    ]
    assert rows(archive, "SELECT count(*) FROM issues WHERE code = 'attachment.unread'") == [(3,)]

    archive.add("http://thu.invalid/kh.docx", _plan_docx(), kind="attachment")
    assert go(archive).read == 1, "a file that came later is read with its post"
    told = rows(
        archive,
        "SELECT attachment_id IS NOT NULL, leads, issued FROM plans WHERE number = '15/KH-UBND' ORDER BY 1",
    )
    assert told == [(0, 0, "2024-01-12"), (1, 1, "2024-01-12")]
    assert rows(archive, "SELECT number, texts FROM plan_overview WHERE number = '15/KH-UBND'") == [("15/KH-UBND", 2)]
    assert rows(archive, "SELECT count(*) FROM citations WHERE number = '749/QĐ-TTg' AND role = 'basis'") == [(1,)]
    database = archive.open()
    assert [hit.url for hit in search_posts(database, "bám sát nhiệm vụ")] == ["http://thu.invalid/4"]
    database.close()
    assert go(archive).read == 0


def test_scanned_pages_of_a_text_are_an_issue(archive: ArchiveOf) -> None:
    archive.add("http://thu.invalid/4", html("Kế hoạch", "Có tệp.", files={"KH": "http://thu.invalid/a.pdf"}))
    archive.add("http://thu.invalid/a.pdf", make_pdf(text_content(*LINES), SCAN), kind="attachment")
    go(archive)
    assert rows(archive, "SELECT message FROM issues") == [("no text on the scanned pages 2",)]
    words = "\n".join(LINES)
    assert rows(archive, "SELECT text, has_text, pages, page_begins FROM attachments") == [
        (words, 1, 2, f"[0, {len(words)}]")
    ]


def test_the_rules_version_follows_every_file_that_shapes_a_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "program"
    for name in ("extract/patterns/a.toml", "extract/b.py", "schema/vocabulary/c.csv", "crawler/families/d.py"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("one")
    monkeypatch.setattr(patterns, "DIRECTORY", root / "extract" / "patterns")
    versions = {patterns.digest.__wrapped__()}
    for path in sorted(root.rglob("*.*")):
        path.write_text("two")
        versions.add(patterns.digest.__wrapped__())
    (root / "extract" / "b.py").rename(root / "extract" / "e.py")
    versions.add(patterns.digest.__wrapped__())
    (root / "extract" / "notes.txt").write_text("no rule")
    versions.add(patterns.digest.__wrapped__())
    assert len(versions) == 6


def test_a_bare_number_on_a_province_s_portal_is_that_province_s(archive: ArchiveOf) -> None:
    archive.add("http://thu.invalid/4", html("Tin", "Sở Y tế vừa nhận văn bản số 77/BC-UBND ngày 05/3/2024."))
    go(archive)
    assert rows(archive, "SELECT number, province FROM documents WHERE number = '77/BC-UBND'") == [("77/BC-UBND", None)]
    database = archive.open()
    database.execute("UPDATE portals SET province = 'new:40'")
    database.execute("UPDATE posts SET rules = 'read again'")
    database.close()
    go(archive)
    assert rows(archive, "SELECT number, province FROM documents WHERE number = '77/BC-UBND'") == [
        ("77/BC-UBND", "Nghệ An")
    ]
