import io
import zipfile
from pathlib import Path

import docx
import pypdfium2 as pdfium
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from extract.attachments import read_attachment

LINES = [f"Line {number} of a plan that says what is to be done by whom and until when" for number in range(1, 9)]
SCAN = "q 595 0 0 842 0 0 cm /Im0 Do Q "


def make_pdf(*contents: str) -> bytes:
    """A PDF with one page for each content stream; /F1 is Helvetica, /Im0 an image of one pixel."""
    kids = " ".join(f"{5 + 2 * page} 0 R" for page in range(len(contents)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
        "\nstream\n0\nendstream",
    ]
    for page, content in enumerate(contents):
        resources = "<< /Font << /F1 3 0 R >> /XObject << /Im0 4 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * page} 0 R"
            f" /Resources {resources} >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode("latin-1")


def text_content(*lines: str) -> str:
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    return f"BT /F1 10 Tf 14 TL 50 800 Td {shown} ET"


def make_docx(fill: object) -> bytes:
    document = docx.Document()
    fill(document)  # type: ignore[operator]
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_pdf_pages_are_kept_and_their_numbers_left_out() -> None:
    pages = [text_content("1", *LINES), text_content(*LINES, "2"), text_content("- 3 -", *LINES)]
    read = read_attachment("a.pdf", "application/octet-stream", make_pdf(*pages))
    assert (read.content_type, read.pages, read.has_text_layer, read.reason) == ("application/pdf", 3, True, None)
    page = "\n".join(LINES)
    assert read.text == "\n".join([page] * 3)
    assert [read.text[begin : begin + 6] for begin in read.page_begins] == ["Line 1"] * 3


def test_a_scan_with_a_signature_stamp_has_no_text_layer() -> None:
    stamp = text_content("Nguoi ky: Uy ban nhan dan tinh X", "Thoi gian ky: 30/12/2016 16:05:11 +07:00")
    read = read_attachment("a.pdf", None, make_pdf(SCAN + stamp, SCAN))
    assert (read.text, read.pages, read.has_text_layer) == (None, 2, False)
    assert read.reason == "not read: scanned pages without text"


def test_scanned_pages_inside_a_text_are_named() -> None:
    read = read_attachment("a.pdf", None, make_pdf(text_content(*LINES), SCAN, SCAN + text_content(*LINES)))
    assert read.has_text_layer is True
    assert read.unread_pages == (2,)
    assert read.text == "\n".join([*LINES, *LINES])


def test_a_short_page_without_image_is_text() -> None:
    assert read_attachment("a.pdf", None, make_pdf(text_content("Noi nhan:"))).text == "Noi nhan:"


def test_docx_keeps_numbers_bullets_and_tables() -> None:
    def fill(document: docx.document.Document) -> None:
        header = document.add_table(rows=1, cols=2)
        header.rows[0].cells[0].text = "UBND TỈNH\nSố: 12/KH-UBND"
        header.rows[0].cells[1].text = "CỘNG HÒA"
        document.add_heading("KẾ HOẠCH", 1)
        document.add_paragraph("Mục đích", style="List Number")
        document.add_paragraph("Nâng cao nhận thức", style="List Bullet")
        document.add_paragraph("Yêu cầu", style="List Number")
        document.add_paragraph("1. đã có số", style="List Number")
        table = document.add_table(rows=2, cols=3)
        for cell, text in zip(table.rows[0].cells, ("TT", "Chỉ tiêu", "2025"), strict=True):
            cell.text = text
        table.rows[1].cells[0].merge(table.rows[1].cells[1]).text = "Hộ nghèo"
        table.rows[1].cells[2].text = "dưới 3%"
        document.add_paragraph("NFD: Kế hoạch")

    read = read_attachment("a.docx", None, make_docx(fill))
    assert read.text is not None
    assert read.text.split("\n") == [
        "UBND TỈNH",
        "Số: 12/KH-UBND",
        "CỘNG HÒA",
        "KẾ HOẠCH",
        "1. Mục đích",
        "- Nâng cao nhận thức",
        "2. Yêu cầu",
        "1. đã có số",
        "| TT | Chỉ tiêu | 2025 |",
        "| Hộ nghèo | dưới 3% |",
        "NFD: Kế hoạch",
    ]


def test_docx_lists_of_several_levels_count_as_word_does() -> None:
    def fill(document: docx.document.Document) -> None:
        root = document.part.numbering_part.element
        abstract = OxmlElement("w:abstractNum")
        abstract.set(qn("w:abstractNumId"), "90")
        for level, (format_, text) in enumerate([("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)")]):
            node = OxmlElement("w:lvl")
            node.set(qn("w:ilvl"), str(level))
            for name, value in (("start", "1"), ("numFmt", format_), ("lvlText", text)):
                child = OxmlElement(f"w:{name}")
                child.set(qn("w:val"), value)
                node.append(child)
            abstract.append(node)
        root.insert(0, abstract)
        number = OxmlElement("w:num")
        number.set(qn("w:numId"), "90")
        target = OxmlElement("w:abstractNumId")
        target.set(qn("w:val"), "90")
        number.append(target)
        root.append(number)
        for level, text in [(0, "một"), (1, "hai"), (2, "ba"), (2, "bốn"), (1, "năm"), (0, "sáu"), (1, "bảy")]:
            properties = document.add_paragraph(text)._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = level
            properties.get_or_add_numId().val = 90

    text = read_attachment("a.docx", None, make_docx(fill)).text
    assert text == "I. một\n1. hai\na) ba\nb) bốn\n2. năm\nII. sáu\n1. bảy"


def _zip(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "sent", "data", "reason"),
    [
        ("a.doc", None, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Word or Excel 97-2003"),
        ("a.jpg", None, b"\xff\xd8\xff\xe0 JFIF", "JPEG image"),
        ("a.pdf", "application/pdf", b"", "empty file"),
        ("a.pdf", "application/pdf", b"<!DOCTYPE html><html>404", "web page"),
        ("a.pdf", None, b"%PDF-1.7 and then nothing", "damaged PDF"),
        ("a.pdf", None, make_pdf("0 0 m 5 5 l S"), "PDF without text"),
        ("a.docx", None, _zip(**{"word/document.xml": b"<not closed"}), "damaged Word file"),
        ("a.docx", None, make_docx(lambda document: None), "Word file without text"),
        ("a.xlsx", None, _zip(**{"xl/workbook.xml": b""}), "Excel"),
        ("a.zip", None, _zip(**{"a.txt": b""}), "ZIP archive"),
        ("a.docx", None, b"PK\x03\x04 torn", "damaged ZIP"),
        ("a.rar", "application/octet-stream", b"Rar!\x1a\x07", "RAR"),
        ("a.mp3", "audio/mpeg", b"ID3", "audio/mpeg"),
        ("a.xyz", None, b"what is it", ".xyz file"),
        ("no suffix", None, b"what is it", "unknown type"),
    ],
)
def test_what_cannot_be_read_says_why(name: str, sent: str | None, data: bytes, reason: str) -> None:
    read = read_attachment(name, sent, data)
    assert read.text is None
    assert read.reason is not None
    assert read.reason.startswith("not read: ")
    assert reason in read.reason


def test_a_pdf_protected_by_a_password_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def protected(data: bytes) -> None:
        raise pdfium.PdfiumError("Failed to load document (PDFium: Incorrect password error).")

    monkeypatch.setattr(pdfium, "PdfDocument", protected)
    assert read_attachment("a.pdf", None, make_pdf("")).reason == "not read: PDF protected by a password"


def test_real_looking_file_from_disk(tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(b"\n\n" + make_pdf(text_content(*LINES)))  # some servers put blank lines before the file
    assert read_attachment(path.name, None, path.read_bytes()).text == "\n".join(LINES)
