"""The plan a post is about: kind of post, number, date, issuer, title, period, province, and the documents' roles."""

from extract.components.announcements import find_announcement
from extract.components.cited_documents import collect_documents
from extract.components.header import read_header
from extract.components.kind import kind_of
from extract.components.meta import read_meta
from extract.components.plan_of_document import read_document
from extract.components.plan_of_report import read_report
from extract.components.plan_province import place_written_from
from extract.reading import Reading


def read_plan(reading: Reading) -> None:
    """Fill ``kind``, ``plan``, ``province``, ``documents`` and ``meta``."""
    reading.meta = read_meta(reading)
    header = read_header(reading)
    said = find_announcement(reading) if header.type is None or header.type == "kế hoạch" else None
    reading.kind = kind_of(reading, header, said)
    if reading.kind == "other":
        place = header.place or place_written_from(reading)
        if header.number is not None and header.is_state:
            header.number.issued = header.number.issued or header.issued
        collect_documents(reading, None, lambda *_: "cited", place, header if header.is_state else None)
        return
    if reading.kind == "document":
        read_document(reading, header)
    elif said is not None:
        _forget_menus(reading, reading.block_at(said.noun))
        read_report(reading, said)


def _forget_menus(reading: Reading, announced: int) -> None:
    """What stands above a report's first word of its plan heads none of its sections: headlines, a page's menus."""
    for index, section in enumerate(reading.section_of):
        if index >= announced and section >= 0 and reading.sections[section].heading < announced:
            reading.section_of[index] = -1
