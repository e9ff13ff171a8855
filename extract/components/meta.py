"""What lines around the text show of its publication: views, author, source, attached files."""

import re

from extract.reading import Reading
from schema.record import Meta

_VIEWS = re.compile(r"(?:số )?(?:lượt (?:xem|đọc)|đã xem)\s*:?\s*(\d[\d.]*)\s*$")
_AUTHOR = re.compile(r"(?:tác giả(?: bài viết)?|người viết|người đăng|biên tập)\s*:\s*(?=\S)")
_SOURCE = re.compile(r"(?:nguồn(?: tin)?|theo)\s*:\s*(?=\S)")
_ATTACHED = re.compile(r"(?:tệp |file |văn bản |tài liệu )?(?:đính kèm|kèm theo)\s*:\s*(?=\S)")
_SITE = re.compile(r"[\w-]+(?:\.[\w-]+)*\.(?:gov|com|org|net|edu)?\.?vn$")
_NAME = re.compile(r"(?:[A-ZĐÀ-Ỹ][a-zđà-ỹ]*\.?\s?){1,5}(?:\([^)]{2,40}\))?$")


def read_meta(reading: Reading) -> Meta:
    """Publication facts in the text's own lines; nothing of site-wide counters."""
    views = author = source = None
    attachments: list[str] = []
    last = _last_line(reading)
    for index, block in enumerate(reading.blocks):
        if block.end - block.content > 120:
            continue
        folded = reading.folded[block.content : block.end].strip()
        written = reading.text[block.content : block.end].strip()
        if views is None and (match := _VIEWS.match(folded)):
            views = int(match[1].replace(".", ""))
        elif author is None and (match := _AUTHOR.match(folded)):
            author = written[match.end() :].strip()
        elif source is None and (match := _SOURCE.match(folded)):
            source = written[match.end() :].strip()
        elif match := _ATTACHED.match(folded):
            attachments.append(written[match.end() :].strip())
        elif index == last and _SITE.match(folded):
            source = source or written
        elif index == last and _is_name(reading, index, written):
            author = author or written
    return Meta(views=views, author=author, source=source, attachments=tuple(attachments))


def _last_line(reading: Reading) -> int:
    """The last block that is not furniture."""
    return next((i for i in range(len(reading.blocks) - 1, -1, -1) if not reading.furniture[i]), -1)


def _is_name(reading: Reading, index: int, written: str) -> bool:
    return index > 2 and len(written) < 40 and bool(_NAME.match(written)) and not written.isupper()
