"""The document register of Liferay portals (``vbpq``): a table of documents, and a page of labelled rows for each."""

from crawler.families.published import published
from crawler.families.select import select, select_one
from crawler.families.shared import Page, attachments, hrefs, text
from schema.page import PostPage

_SUBJECT = ("Trích yếu", "Subject", "Tên văn bản")
_PUBLISHED = ("Ngày đăng", "Thời gian đăng", "Ngày xuất bản", "Published time")


def document_links(page: Page) -> tuple[str, ...]:
    """The documents that a register page lists."""
    return hrefs(page, select(page.soup, "[id*='vbpq'] table.table-bordered td a[href*='mvcPath']"))


def document(page: Page) -> PostPage | None:
    """A document's page: its subject is the title, its labelled rows (number, date, issuer, …) are the body."""
    box = select_one(page.soup, ".vbpq-detail")
    table = box.find("table") if box is not None else None
    if box is None or table is None:
        return None
    rows = [[text(cell) for cell in row.find_all("td")] for row in select(box, "tr")]
    values = {row[0]: row[1] for row in rows if len(row) == 2}
    title = next((values[label] for label in _SUBJECT if values.get(label)), "")
    if not title:
        return None
    shown = next((values[label] for label in _PUBLISHED if values.get(label)), "")
    # The next box of the same class lists other documents: only the one with files in a table is this document's.
    files = select_one(page.soup, ".vbpq-attachfile table")
    return PostPage(title=title, body_html=str(table), published=published(shown), attachments=attachments(page, files))
