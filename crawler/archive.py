"""WARC in and out: every byte a server sent, one gzip member per record, a new file for each run.

A record is on disk before its row is in the database. So a killed crawl leaves at worst a record without a row, or half
a record at the end of its file; both are harmless, and reading says where a file breaks off.
"""

import contextlib
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.disk import disk_errors

ROLL_AT = 1 << 30  # bytes; a run that fills a file opens the next

Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record lies: file name within the archive folder, and the offset of its first byte."""

    file: str
    offset: int


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer, as they went over the wire (content still encoded as the server sent it)."""

    url: str
    method: str
    request_headers: Headers
    request_body: bytes
    status: int
    reason: str
    headers: Headers
    body: bytes


@dataclass(frozen=True, slots=True)
class Archived:
    """A response read back. ``body`` is the content with its transfer and content encodings undone."""

    place: Place
    url: str
    status: int
    headers: Headers
    body: bytes

    def header(self, name: str) -> str | None:
        """A header's value; names are compared without case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


@dataclass(frozen=True, slots=True)
class Torn:
    """Where a file could not be read on: a crawl was killed there, or the file is damaged."""

    place: Place
    reason: str


class Archive:
    """Writes one run's exchanges to ``folder``. The file is made when the first exchange comes."""

    def __init__(self, folder: Path, name: str, software: str, roll_at: int = ROLL_AT) -> None:
        self._folder, self._name, self._software, self._roll_at = folder, name, software, roll_at
        self._file: BinaryIO | None = None
        self._path = folder
        self._writer: Any = None
        self._number = 0

    def write(self, exchange: Exchange) -> Place:
        """Append request and response, hand them to the operating system, and say where the response lies.

        Raises:
            UserError: when the disk is full or the folder cannot be written.
        """
        with disk_errors(self._folder):
            out = self._open()
            place = Place(self._path.name, out.tell())
            when = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            response = self._response(exchange, when)
            self._writer.write_record(response)
            self._writer.write_record(self._request(exchange, response, when))
            out.flush()
        return place

    def close(self) -> None:
        """Close the file; what was written stays."""
        if self._file is not None:
            # Every record that counts was flushed when it was written; what a full disk refuses now belongs to none.
            with contextlib.suppress(OSError):
                self._file.close()
            self._file = None

    def _open(self) -> BinaryIO:
        if self._file is not None and self._file.tell() >= self._roll_at:
            self.close()
        if self._file is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._number += 1
            self._path = self._folder / f"{self._name}-{self._number:03}.warc.gz"
            self._file = self._path.open("xb")
            self._writer = WARCWriter(self._file, gzip=True)
            info = self._writer.create_warcinfo_record(
                self._path.name, {"software": self._software, "format": "WARC File Format 1.0"}
            )
            self._writer.write_record(info)
        return self._file

    def _response(self, exchange: Exchange, when: str) -> Any:
        http = StatusAndHeaders(f"{exchange.status} {exchange.reason}", exchange.headers, protocol="HTTP/1.1")
        if exchange.status == 304:
            # "As you have it": a revisit in the words of the WARC standard, which names no new content.
            return self._writer.create_revisit_record(
                exchange.url,
                digest="sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ",  # of nothing
                refers_to_uri=exchange.url,
                refers_to_date=when,
                http_headers=http,
                warc_headers_dict={"WARC-Date": when, "WARC-Profile": _NOT_MODIFIED},
            )
        return self._writer.create_warc_record(
            exchange.url,
            "response",
            payload=io.BytesIO(exchange.body),
            length=len(exchange.body),
            http_headers=http,
            warc_headers_dict={"WARC-Date": when},
        )

    def _request(self, exchange: Exchange, response: Any, when: str) -> Any:
        path = exchange.url.split("://", 1)[-1]
        target = "/" + path.split("/", 1)[1] if "/" in path else "/"
        record_id = response.rec_headers.get_header("WARC-Record-ID")
        return self._writer.create_warc_record(
            exchange.url,
            "request",
            payload=io.BytesIO(exchange.request_body),
            length=len(exchange.request_body),
            http_headers=StatusAndHeaders(
                f"{exchange.method} {target} HTTP/1.1", exchange.request_headers, is_http_request=True
            ),
            warc_headers_dict={"WARC-Date": when, "WARC-Concurrent-To": record_id},
        )


_NOT_MODIFIED = "http://netpreserve.org/warc/1.0/revisit/server-not-modified"


def read_archive(path: Path) -> Iterator[Archived | Torn]:
    """The responses in a WARC file, in order; a `Torn` in the end when the file breaks off or is damaged."""
    with path.open("rb") as stream:
        yield from _read(stream, path.name)


def read_at(folder: Path, place: Place) -> Archived | Torn:
    """The response at a place; `Torn` when it is not (or no longer) there."""
    try:
        with (folder / place.file).open("rb") as stream:
            stream.seek(place.offset)
            found = next(_read(stream, place.file), None)
    except OSError as error:
        return Torn(place, error.strerror or str(error))
    if isinstance(found, Archived) and found.place != place:
        return Torn(place, "no response record begins here")
    return found or Torn(place, "the file ends before this record")


def _read(stream: BinaryIO, name: str) -> Iterator[Archived | Torn]:
    after = stream.tell()
    records = ArchiveIterator(stream)
    while True:
        try:
            record = next(records, None)
            if record is None:
                stream.seek(after)
                if stream.read(64).strip():
                    yield Torn(Place(name, after), "the file breaks off inside a record")
                return
            response = record.rec_type == "response" and record.http_headers is not None
            raw = _whole(record)
            # Only now: asking for a record's offset reads it to its end.
            offset = records.get_record_offset()
            after = offset + records.get_record_length()
        except Exception as error:  # warcio trips over torn headers in many ways; here they all mean the same
            yield Torn(Place(name, after), " ".join(str(error).split()) or type(error).__name__)
            return
        if response:
            yield Archived(
                Place(name, offset),
                record.rec_headers.get_header("WARC-Target-URI"),
                int(record.http_headers.get_statuscode()),
                list(record.http_headers.headers),
                _content(record, raw),
            )


def _whole(record: Any) -> bytes:
    """A record's bytes; one cut off inside them reads without complaint but short, which its own length tells."""
    raw: bytes = record.raw_stream.read()
    left = getattr(record.raw_stream, "limit", 0)
    if record.rec_headers.get_header("Content-Length") is None:
        raise EOFError("the record breaks off inside its headers")
    if left:
        raise EOFError(f"the record breaks off {left} bytes before its end")
    return raw


def _content(record: Any, raw: bytes) -> bytes:
    """The body with its encodings undone; as sent where the server's own encoding is broken."""
    record.raw_stream = io.BytesIO(raw)
    try:
        content: bytes = record.content_stream().read()
    except (zlib.error, EOFError, OSError, ValueError):
        return raw
    return content
