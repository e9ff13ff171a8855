"""The commands that read from standard input or a file: what comes out, in which order, with which exit status."""

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cli import main
from corpus.sample.posts import load_posts
from extract.post import extractor_version
from schema.record import Record

PLAN = (
    "KẾ HOẠCH\nPhát triển du lịch năm 2025\n(Kèm theo Quyết định số 12/QĐ-UBND ngày 05 tháng 01 năm 2025 "
    "của Ủy ban nhân dân tỉnh Gia Lai)\n\nI. MỤC TIÊU\n- Phấn đấu hoà mạng cho 95% số xã.\n"
)


def kehoach(*arguments: str, given: bytes = b"") -> Result:
    return CliRunner().invoke(main, arguments, input=given)


def records(*posts: Any) -> Result:
    """``kehoach records`` over post lines; bytes are lines as they stand."""
    lines = [post if isinstance(post, bytes) else json.dumps(post).encode() for post in posts]
    return kehoach("records", given=b"\n".join(lines) + b"\n")


def read(*posts: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in records(*posts).stdout.splitlines()]


def test_records_come_in_the_order_of_the_posts():
    posts = [{"id": post.id, "text": post.text} for post in load_posts()[:12]]
    done = records(*posts)
    assert done.exit_code == 0
    assert done.stderr == ""
    found = [Record.model_validate_json(line) for line in done.stdout.splitlines()]
    assert [(record.id, record.text) for record in found] == [(post["id"], post["text"]) for post in posts]
    assert {record.extractor for record in found} == {extractor_version()}


BAD: dict[str, tuple[Any, Any, str]] = {
    "no JSON": (b'{"id": "a", "text": ', None, "not JSON"),
    "no UTF-8": (b'{"id": "a", "text": "\xff"}', None, "not UTF-8 at byte 21"),
    "no object": (["a", "text"], None, "not a JSON object"),
    "nested without end": (b"[" * 100_000, None, "not JSON"),
    "no id": ({"text": PLAN}, None, "no id"),
    "empty id": ({"id": "", "text": PLAN}, "", "no id"),
    "id of truth": ({"id": True, "text": PLAN}, True, "no id"),
    "no text": ({"id": "a", "url": "https://example.vn/"}, "a", "neither 'text' nor 'html'"),
    "text of number": ({"id": "a", "text": 5}, "a", "neither 'text' nor 'html'"),
    "half a character in the text": ({"id": "a", "text": "Kế hoạch \ud83d"}, "a", "lone surrogates"),
    "half a character in the id": ({"id": "\ud83d", "text": PLAN}, "\ud83d", "lone surrogates"),
    "half a character in the url": ({"id": "a", "text": PLAN, "url": "\udc00"}, "a", "lone surrogates"),
    "half a character in the page": ({"id": "a", "html": "<p>\udc00</p>"}, "a", "lone surrogates"),
}


@pytest.mark.parametrize(("line", "post_id", "reason"), BAD.values(), ids=BAD.keys())
def test_a_bad_line_gives_an_error_line_and_the_rest_goes_on(line: Any, post_id: Any, reason: str):
    done = records({"id": "before", "text": PLAN}, line, {"id": "after", "text": PLAN})
    before, error, after = [json.loads(out) for out in done.stdout.splitlines()]
    assert (before["id"], after["id"]) == ("before", "after")
    assert before["plan"] == after["plan"] is not None
    assert error.keys() == {"id", "error"}
    assert error["id"] == post_id
    assert reason in error["error"]
    assert done.stderr.startswith("kehoach records: line 2: ")
    assert done.exit_code == 1


def test_blank_lines_are_no_posts():
    assert [record["id"] for record in read({"id": "a", "text": PLAN}, b"", b"  ", {"id": 7, "text": ""})] == ["a", "7"]


def test_an_empty_text_is_a_post_about_no_plan():
    (record,) = read({"id": "a", "text": ""})
    assert (record["kind"], record["plan"], record["documents"], record["targets"]) == ("other", None, [], [])


def test_both_forms_of_unicode_give_the_same_record():
    nfd = unicodedata.normalize("NFD", PLAN)
    assert nfd != PLAN
    one, other = read({"id": "a", "text": PLAN}, {"id": "a", "text": nfd})
    assert one == other
    assert one["text"] == PLAN
    (target,) = one["targets"]
    assert target["quote"] in PLAN
    assert (target["min"], target["max"], target["unit"]) == (95, 95, "%")


def test_a_saved_page_is_read_without_its_menus():
    paragraphs = "".join(f"<p>{line}</p>" for line in PLAN.splitlines() if line)
    page = f"<html><body><nav><a>Trang chủ</a></nav><main><h1>Kế hoạch du lịch</h1>{paragraphs}</main></body></html>"
    (record,) = read({"id": "a", "url": "https://example.vn/tin-1", "html": page})
    assert record["url"] == "https://example.vn/tin-1"
    assert record["kind"] == "document"
    assert "Trang chủ" not in record["text"]
    (target,) = record["targets"]
    begin, end = target["span"]
    assert record["text"][begin:end] == target["quote"]


def test_a_saved_page_of_unknown_software_is_read_without_what_frames_it():
    """Everything in tables and nothing with a name: which cell is the text, only its prose tells."""
    paragraphs = "".join(f"<p>{line}</p>" for line in PLAN.splitlines() if line)
    page = (
        "<title>Kế hoạch du lịch - Sở Du lịch</title>"
        "<table><tr><td><a href='/'>Trang chủ</a></td><td>Thứ Ba, 24/11/2026</td></tr></table>"
        "<table><tr><td>Đang xem: 12</td><td><table><tr><td class='tieude'><b>Kế hoạch du lịch</b></td></tr>"
        f"<tr><td>Cập nhật lúc: 08:15 ngày 12/06/2024</td></tr><tr><td>{paragraphs}</td></tr></table></td></tr>"
        "</table><table><tr><td>Trang thông tin của Sở. Giấy phép ngày 03/11/2016.</td></tr></table>"
    )
    (record,) = read({"id": "a", "html": page})
    assert record["text"].split("\n")[0] == "Kế hoạch du lịch"
    assert [words for words in ("Trang chủ", "Đang xem", "24/11/2026", "Giấy phép") if words in record["text"]] == []
    assert len(record["targets"]) == 1


@pytest.mark.slow
def test_a_text_of_20_mb_is_read():
    passage = "Ngày hội văn hoá các dân tộc được tổ chức trong không khí vui tươi, phấn khởi, đông đảo nhân dân dự. "
    filling = "\n".join([passage * 3] * 60)
    text = PLAN + (filling + "\n\n") * (20_000_000 // len(filling.encode()) + 1)
    assert len(text.encode()) >= 20_000_000
    done = records({"id": "large", "text": text}, {"id": "small", "text": PLAN})
    large, small = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 0
    assert large["text"] == text
    assert large["plan"] == small["plan"]
    assert large["targets"] == small["targets"]


def test_the_schema_is_printed():
    done = kehoach("records", "--schema")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["properties"].keys() == Record.model_fields.keys()


def test_a_wrong_call_is_status_2():
    for arguments in (("records", "--speed"), ("eval",), ("crawle",)):
        done = kehoach(*arguments)
        assert (done.exit_code, done.stdout) == (2, "")
        assert done.stderr.startswith("Usage: ")


GOLD: dict[str, tuple[bytes | None, str]] = {
    "missing": (None, "no gold annotations here"),
    "no JSON": (b'{"id": "a", "kind": "other", "text": ""}\nplan\n', "line 2: not JSON"),
    "no gold": (b'{"id": "a", "text": ""}\n', "line 1: a gold annotation has at least"),
    "no UTF-8": (b'{"id": "\xff"}\n', "not UTF-8"),
}


@pytest.mark.parametrize(("content", "words"), GOLD.values(), ids=GOLD.keys())
def test_gold_that_cannot_be_read_is_one_line_and_status_2(tmp_path: Path, content: bytes | None, words: str):
    path = tmp_path / "gold.jsonl"
    if content is not None:
        path.write_bytes(content)
    done = kehoach("eval", str(path))
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(f"kehoach: {path}")
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_eval_prints_each_measure(tmp_path: Path):
    path = tmp_path / "gold.jsonl"
    text = "Giá vàng hôm nay tăng nhẹ."
    path.write_text(json.dumps({"id": "a", "kind": "news", "text": text}, ensure_ascii=False), encoding="utf-8")
    done = kehoach("eval", "--errors", str(path))
    assert done.exit_code == 0
    assert "! kind\ta\tgold 'news'\tgot 'other'" in done.stdout
    assert kehoach("eval", "--json", str(path)).stdout.startswith('{"kind": {"accuracy": 0.0, "of": 1}')


@pytest.mark.parametrize(
    ("name", "near"),
    [("thanhho", "thanhhoa"), ("Dak-lak", "daklak"), ("mau-liferai", "mau-liferay"), ("xyz", "kehoach portals")],
)
def test_an_unknown_portal_is_one_line_with_those_that_come_near(tmp_path: Path, name: str, near: str):
    done = kehoach("crawl", "--data", str(tmp_path / "data"), "--portals", name)
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"no portal '{name}'" in done.stderr
    assert near in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "data").exists()
