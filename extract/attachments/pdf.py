"""PDF text by PDFium, page by page; scans are told from texts."""

import re

import pypdfium2 as pdfium
from pypdfium2 import raw

from extract.attachments.attached import Attached, join_pages

_TYPE = "application/pdf"
_STAMP = 200  # letters and digits; the words a signature service stamps on a scanned page are 58 to 117 characters
_PAGE_IMAGE = 0.6  # share of the page an image covers when the page is a scan
_PAGE_NUMBER = re.compile(r"[-–\s]*(\d{1,4})(?:\s*/\s*\d{1,4})?[-–\s]*$")


def read_pdf(data: bytes) -> Attached:
    """The text of a PDF with a text layer.

    Raises:
        pypdfium2.PdfiumError: when the file is damaged.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            return Attached(content_type=_TYPE, reason="not read: PDF protected by a password")
        raise
    try:
        scans: list[int] = []
        pages: list[str] = []
        for number in range(1, len(document) + 1):
            page = document[number - 1]
            text = _page_text(page, number)
            if _is_scan(page, text):
                scans.append(number)
                text = ""
            pages.append(text)
            page.close()
    finally:
        document.close()
    text, begins = join_pages(pages)
    if not text:
        reason = "not read: scanned pages without text" if scans else "not read: PDF without text"
        return Attached(content_type=_TYPE, pages=len(pages), has_text_layer=False, reason=reason)
    return Attached(_TYPE, text, begins, len(pages), has_text_layer=True, unread_pages=tuple(scans))


def _page_text(page: pdfium.PdfPage, number: int) -> str:
    textpage = page.get_textpage()
    text = textpage.get_text_bounded()
    textpage.close()
    # U+FFFE stands where PDFium found a hyphen at the end of a line
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "-").replace("\0", "")
    lines = [line.strip() for line in text.split("\n")]
    return "\n".join(_without_page_number([line for line in lines if line], number))


def _without_page_number(lines: list[str], number: int) -> list[str]:
    """A page's number above or below its text would stand in the middle of a sentence that runs over the page."""
    for at in (0, -1):
        match = _PAGE_NUMBER.match(lines[at]) if lines else None
        if match and abs(int(match[1]) - number) <= 1:
            lines = lines[1:] if at == 0 else lines[:-1]
    return lines


def _is_scan(page: pdfium.PdfPage, text: str) -> bool:
    """A page that is one image, with no more words on it than a signature stamp has."""
    if sum(char.isalnum() for char in text) >= _STAMP:
        return False
    width, height = page.get_size()
    for image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = image.get_bounds()
        if (right - left) * (top - bottom) >= _PAGE_IMAGE * width * height:
            return True
    return False
