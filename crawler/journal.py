"""The journal of a run: what was fetched goes to the archive, what it was goes to the database, in this order."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from scrapy import Request
from scrapy.http import Response

from crawler.addresses import canonical
from crawler.archive import Archive, Archived, Exchange, Place, read_at
from crawler.outcomes import NOT_MODIFIED, OK
from schema.crawl import Fetch, Kind
from schema.crawl_store import CrawlStore, Known
from schema.database import FILE, database_errors
from schema.portal_runs import now

ARCHIVE = "archive"


class Journal:
    """Takes everything that a run fetches from some portals.

    ``counts`` sums it up, ``fatal`` is the error that must end the run.
    """

    def __init__(self, data: Path, store: CrawlStore, archive: Archive, run: int, portals: Iterable[str]) -> None:
        self._store, self._archive, self._run = store, archive, run
        self._database, self._folder = data / FILE, data / ARCHIVE
        self.counts: Counter[str] = Counter()
        self.fatal: Exception | None = None
        self.listeners: list[Callable[[Kind, str, bool], None]] = []
        known = store.known(portals)
        lost = _lost(known.values(), self._folder)
        # An address whose bytes are gone from the archive is as good as never fetched.
        self._lost = {key for key, state in known.items() if lost(state)}
        self._known: dict[str, dict[str, Known]] = defaultdict(dict)
        for (portal, url), state in known.items():
            if (portal, url) not in self._lost:
                self._known[portal][url] = state

    def known(self, portal: str) -> dict[str, Known]:
        """Address → the state it showed last, of a portal's posts and files that the archive still holds."""
        return self._known[portal]

    def read(self, portal: str, url: str) -> Archived | None:
        """The archived answer behind `known`."""
        known = self._known[portal].get(url)
        found = read_at(self._folder, Place(known.warc_file, known.warc_offset)) if known else None
        return found if isinstance(found, Archived) else None

    def keep(self, request: Request, response: Response) -> Place:
        """Write an exchange to the archive.

        Raises:
            UserError: when the disk does not take it.
        """
        reason = {200: "OK", 304: "Not Modified", 404: "Not Found"}.get(response.status, "")
        return self._archive.write(
            Exchange(
                url=request.url,
                method=request.method,
                request_headers=_pairs(request),
                request_body=request.body,
                status=response.status,
                reason=reason,
                headers=[pair for pair in _pairs(response) if pair[0].lower() != "transfer-encoding"],
                body=response.body,
            )
        )

    def note(
        self,
        request: Request,
        response: Response | None,
        outcome: str,
        content: str | bytes | None = None,
        *,
        published: str | None = None,
        filled: str | None = None,
    ) -> str:
        """Write the row of a fetch; ``content`` is what its digest is taken of (None when it gave nothing to use).

        Returns:
            new, changed, known or not_modified for a good fetch, else the outcome.

        Raises:
            UserError: when the database does not take it.
        """
        portal, kind, url = str(request.meta["portal"]), request.meta["kind"], address(request, response)
        known = self._known[portal].get(url) if kind in ("post", "attachment") else None
        state = outcome
        with database_errors(self._database):
            if outcome == NOT_MODIFIED:
                if known is not None:
                    self._store.confirm(known.fetch_id, now())
            else:
                fetch = _fetch(request, response, outcome, content, published, filled)
                new = self._store.save_fetch(
                    fetch, self._run, held=known is not None and outcome == OK, relocate=(portal, url) in self._lost
                )
                if outcome == OK:
                    state = "known" if not new else "new"
                    if known is not None:
                        state = "known" if fetch.content_digest == known.digest else "changed"
        self.counts[f"{kind}_{state}"] += 1
        for listener in self.listeners:
            listener(kind, outcome, state in ("new", "changed"))
        return state

    def gone(self, portal: str, url: str) -> bool:
        """Note that an address holds its post no more; True when it did until now."""
        if url not in self._known[portal]:
            return False
        with database_errors(self._database):
            return self._store.mark_gone(portal, url, now())

    def close(self) -> None:
        """Close the archive file."""
        self._archive.close()


def address(request: Request, response: Response | None = None) -> str:
    """The address a row is known by: a file's is the one its post names, anything else's the one that answered."""
    if request.meta["kind"] == "attachment":
        return str(request.meta.get("redirect_urls", [request.url])[0])
    url = response.url if response is not None else request.url
    return canonical(url) or url


def _fetch(
    request: Request,
    response: Response | None,
    outcome: str,
    content: str | bytes | None,
    published: str | None,
    filled: str | None,
) -> Fetch:
    place: Place | None = request.meta.get("place")
    answered = response is not None
    header = response.headers if response is not None else {}
    data = content.encode() if isinstance(content, str) else content
    when = now()
    return Fetch(
        portal=request.meta["portal"],
        url=address(request, response),
        kind=request.meta["kind"],
        method=request.method,
        body=request.meta.get("key", "") if request.method == "POST" else "",
        status=response.status if response is not None else None,
        outcome=outcome,
        content_type=_text(header.get("Content-Type")),
        etag=_text(header.get("ETag")),
        last_modified=_text(header.get("Last-Modified")),
        content_digest=hashlib.sha256(data).hexdigest() if data is not None and outcome == OK else None,
        fetched_at=when,
        warc_file=place.file if place and answered else None,
        warc_offset=place.offset if place and answered else None,
        seen_at=when,
        published=published,
        filled=filled,
    )


def _text(value: bytes | None) -> str | None:
    return value.decode("latin-1") if value is not None else None


def _pairs(message: Request | Response) -> list[tuple[str, str]]:
    return [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in message.headers.items()
        for value in values
    ]


def _lost(known: Iterable[Known], folder: Path) -> Callable[[Known], bool]:
    """Tells which rows point at bytes no longer there: a file removed, cut short, or with a torn last record."""
    offsets: dict[str, list[int]] = defaultdict(list)
    for state in known:
        offsets[state.warc_file].append(state.warc_offset)
    ends: dict[str, int] = {}
    for file, found in offsets.items():
        path = folder / file
        ends[file] = path.stat().st_size if path.is_file() else 0
        last = max((offset for offset in found if offset < ends[file]), default=None)
        if last is not None and not isinstance(read_at(folder, Place(file, last)), Archived):
            ends[file] = last
    return lambda state: state.warc_offset >= ends[state.warc_file]
