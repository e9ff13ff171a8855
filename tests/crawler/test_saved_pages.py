"""Saved pages of real portals are read as they are. The pages are not ours to publish: without them this is skipped."""

from pathlib import Path

import pytest

from corpus.sample.portals import slugify
from crawler.classify import classify
from crawler.families import FAMILIES, fingerprint, read_page
from crawler.families.shared import Page
from extract.page import page_text

PAGES = Path(__file__).parents[3] / "shared" / "pages"
pytestmark = pytest.mark.skipif(not PAGES.is_dir(), reason="saved pages of real portals are not beside the project")

FURNITURE = (
    "In bài viết",
    "Gửi mail",
    "Các tin khác",
    "View count",
    "Ngày đăng",
    "TIN ĐÃ ĐƯA",
    "Liên kết",
    "Trang chủ",
)
RENAMED = {"1641863"}  # its editors changed the title after its address was made
SHAREPOINT_LISTS = {
    "krongno_lich-tiep-cong-dan-cua-cac-xa-thi-tran": 4,
    "krongno_thi-tran-dak-mam": 1,
    "krongno_tiep-cong-dan-xa-nam-n-dir": 2,
    "krongno_van-hoa-xa-hoi": 5,
    "stc_cong-khai-ngan-sach-du-toan-quyet-toan": 8,
    "stc_ql-nha-nuoc-ve-gia": 11,
    "stc_tinh-hinh-thuc-hien-du-toan-nsdp": 7,
}


def saved(folder):
    found = sorted((PAGES / folder).glob("*.html"))
    return pytest.mark.parametrize("path", found, ids=[path.stem[:40] for path in found])


def html(path):
    return path.read_text(encoding="utf-8", errors="replace")


def page(path):
    return Page(f"https://cong.gov.vn/web/guest/tin/{path.name}", html(path))


def post(path):
    return read_page(f"https://cong.gov.vn/web/guest/tin/{path.name}", html(path))


def links(path):
    shown = page(path)
    return FAMILIES[fingerprint(shown)].links(shown)


@saved("liferay-article")
def test_liferay_article(path):
    found = post(path)
    number, _, slug = path.stem.partition("-")
    assert slugify(found.title).startswith(slug.split(".")[0].rstrip("-")[:40]) or number in RENAMED
    assert found.published is not None
    assert found.author
    text = page_text(found)
    assert len(text) > 1200
    assert [words for words in FURNITURE if words in text] == []
    assert found.author not in text.split("\n")
    assert links(path).posts == ()


@saved("liferay-legal-detail")
def test_liferay_document(path):
    found = post(path)
    assert found.title
    assert found.published is not None
    assert len(found.attachments) == 1
    assert found.attachments[0].title.lower().endswith(".pdf")
    assert "| Legislation code | " in page_text(found)
    assert "Other legislation" not in page_text(found)


@saved("liferay-list")
def test_liferay_list(path):
    assert post(path) is None
    found = links(path)
    assert len(found.posts) == len(page(path).soup.select("h3.asset-title"))
    assert all("_cur=" in target.key for target in found.next)
    assert len({target.key for target in found.next}) == len(found.next) > 0


@saved("liferay-legal-list")
def test_liferay_register(path):
    assert post(path) is None
    assert len(links(path).posts) == 20
    assert len(links(path).next) >= 30


@saved("liferay-error")
def test_error_page(path):
    assert post(path) is None


@saved("liferay-home")
def test_home_page(path):
    assert post(path) is None
    assert len(links(path).posts) > 0


@saved("sharepoint")
def test_sharepoint(path):
    assert fingerprint(page(path)) == "sharepoint"
    found = post(path)
    if path.stem in SHAREPOINT_LISTS:
        assert found is None
        assert len(links(path).posts) == SHAREPOINT_LISTS[path.stem]
    else:
        assert (found.published is None) == path.stem.startswith("stc_")  # whose pages show no date
        text = page_text(found)
        assert [words for words in FURNITURE if words in text] == []
        assert "xem chi tiết tại đây" in text.lower()
        assert text.count("\n") <= 3  # a title, at most two paragraphs, the link: nothing of the frame
        assert "\u200b" not in text


KINDS = {
    "liferay-article": "article",
    "liferay-legal-detail": "document",
    "liferay-list": "list",
    "liferay-home": "list",
    "liferay-legal-list": "document table",
    "liferay-error": "error",
}


@pytest.mark.parametrize(
    "path", sorted(PAGES.glob("*/*.html")), ids=lambda path: f"{path.parent.name}-{path.stem[:30]}"
)
def test_every_page_has_its_kind(path):
    kind = KINDS.get(path.parent.name)
    if kind is None:
        kind = "list" if path.stem in SHAREPOINT_LISTS else "article"
    assert classify(page(path))[0] == kind


@saved("liferay-article")
def test_an_article_read_without_knowing_the_software(path):
    known, guessed = post(path), FAMILIES["generic"].post(page(path))
    assert (guessed.title, guessed.published) == (known.title, known.published)
    lines, found = (set(page_text(one).split("\n")) for one in (known, guessed))
    assert len(lines ^ found) <= 2  # the author's name, in or out


@saved("liferay-legal-detail")
def test_a_document_read_without_knowing_the_software(path):
    known, guessed = post(path), FAMILIES["generic"].post(page(path))
    assert (guessed.title, guessed.published, page_text(guessed)) == (known.title, known.published, page_text(known))
    assert guessed.attachments == known.attachments


@saved("liferay-list")
def test_a_list_read_without_knowing_the_software(path):
    assert FAMILIES["generic"].post(page(path)) is None
    assert FAMILIES["generic"].links(page(path)).posts == links(path).posts


@saved("liferay-legal-list")
def test_a_table_of_documents_read_without_knowing_the_software(path):
    assert FAMILIES["generic"].post(page(path)) is None
    assert set(links(path).posts) <= set(FAMILIES["generic"].links(page(path)).posts)


@saved("liferay-error")
def test_an_error_page_read_without_knowing_the_software(path):
    assert FAMILIES["generic"].post(page(path)) is None
