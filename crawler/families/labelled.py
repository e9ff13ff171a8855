"""The page of one document in a register: rows of labels and values (number, date, issuer, subject) with its file."""

import re

from bs4 import Tag

from crawler.families.published import published
from crawler.families.shared import Page, attachments, text
from schema.page import PostPage

_SUBJECT = re.compile(r"(?:Trích yếu|Subject|Tên văn bản|Tiêu đề|Về việc)\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?:Số/?\s*(?:-\s*)?(?:,\s*)?(?:ký\s*)?hiệu|Số văn bản|Legislation code|Ký hiệu)", re.IGNORECASE)
_PUBLISHED = re.compile(r"(?:Ngày đăng|Thời gian đăng|Ngày xuất bản|Published time|Ngày cập nhật)", re.IGNORECASE)
_MOST_ROWS = 40
_ABOVE = 3  # boxes above the table in which its file may stand


def labelled_document(page: Page, root: Tag) -> PostPage | None:
    """The document whose number and subject a table names, each in a row of its own; None when no table does."""
    for table in root.find_all("table"):
        if table.find("table") is not None:
            continue
        rows = [[text(cell) for cell in row.find_all(["td", "th"])] for row in table.find_all("tr")]
        values = {row[0].rstrip(" :"): row[1] for row in rows if len(row) == 2 and row[1]}
        title = _value(values, _SUBJECT)
        if not title or _value(values, _NUMBER) is None or len(rows) > _MOST_ROWS:
            continue
        return PostPage(
            title=title,
            body_html=str(table),
            published=published(_value(values, _PUBLISHED) or ""),
            attachments=attachments(page, _with_files(page, table)),
        )
    return None


def _value(values: dict[str, str], label: re.Pattern[str]) -> str | None:
    return next((value for name, value in values.items() if label.match(name)), None)


def _with_files(page: Page, table: Tag) -> Tag:
    """The smallest box around the table that offers a file."""
    box: Tag = table
    for _ in range(_ABOVE):
        if attachments(page, box) or box.parent is None or box.parent.name == "body":
            break
        box = box.parent
    return box
