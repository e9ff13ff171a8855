"""Files that posts offer (PDF, DOCX) as text with page numbers; whatever cannot be read says why."""

import io
import zipfile

from extract.attachments.attached import Attached
from extract.attachments.docx import read_docx
from extract.attachments.pdf import read_pdf

__all__ = ["Attached", "read_attachment"]

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MOST_UNPACKED = 200 * 2**20  # bytes; a DOCX that unpacks to more is an attack or no text

# First bytes → type, and what people call it. Portals send many files as application/octet-stream.
_SIGNATURES = (
    (b"%PDF-", PDF, "PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword", "Word or Excel 97-2003 (.doc, .xls)"),
    (b"{\\rtf", "application/rtf", "RTF"),
    (b"\xff\xd8\xff", "image/jpeg", "JPEG image"),
    (b"\x89PNG", "image/png", "PNG image"),
    (b"GIF8", "image/gif", "GIF image"),
    (b"II*\0", "image/tiff", "TIFF image"),
    (b"MM\0*", "image/tiff", "TIFF image"),
    (b"Rar!", "application/vnd.rar", "RAR archive"),
    (b"7z\xbc\xaf", "application/x-7z-compressed", "7-Zip archive"),
)


def read_attachment(name: str, content_type: str | None, data: bytes) -> Attached:
    """Read one file. What it is follows from its bytes; the name and the sent type only help to say what it is not.

    Never raises for what is in the file: ``reason`` tells why there is no text.
    """
    kind, called = _kind(name, content_type, data)
    if kind not in (PDF, DOCX):
        return Attached(content_type=kind, reason=f"not read: {called}")
    try:
        return read_pdf(data) if kind == PDF else read_docx(data)
    except Exception as error:  # damaged files fail in any way at all inside the libraries
        message = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        return Attached(content_type=kind, reason=f"not read: damaged {called} ({message})")


def _kind(name: str, content_type: str | None, data: bytes) -> tuple[str | None, str]:
    if not data:
        return content_type, "empty file"
    if b"%PDF-" in data[:1024]:
        return PDF, "PDF"
    for signature, kind, called in _SIGNATURES:
        if data.startswith(signature):
            return kind, called
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    sent = (content_type or "").partition(";")[0].strip().lower() or None
    if data[:512].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        return "text/html", "a web page in the place of a file"
    suffix = name.rpartition(".")[2].lower()
    return sent, sent or (f".{suffix} file" if suffix != name.lower() and len(suffix) < 6 else "unknown type")


def _zipped(data: bytes) -> tuple[str, str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            size = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "application/zip", "damaged ZIP archive or Office file"
    if "word/document.xml" in names:
        if size > _MOST_UNPACKED:
            return "application/zip", "Word file that unpacks to more than 200 MB"
        return DOCX, "Word file"
    if "xl/workbook.xml" in names:
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel file (.xlsx)"
    return "application/zip", "ZIP archive"
