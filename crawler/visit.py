"""One portal's visit in one run: what to ask for next, when to stop, and what it gave. Knows no network.

Three kinds of visit. A *sweep* reads every list to its end and asks again for every post it knows, those unseen longest
first. In between, *news* reads each list until a page names only posts that are known and older than the last complete
sweep: whatever was put in behind it since then comes with the next sweep. A *backfill* reads on until a page names only
posts from before its period.
"""

import heapq
from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from crawler.addresses import canonical
from crawler.families.published import published_in_url
from crawler.families.shared import Links, Target
from crawler.lists import ListWalk
from crawler.outcomes import UNREACHABLE
from crawler.portals import Portal
from schema.crawl import Kind, Mode
from schema.crawl_store import Known

CADENCE = {"always": timedelta(0), "weekly": timedelta(days=6.5), "monthly": timedelta(days=29.5)}
_AT_ONCE, _AT_ONCE_SAMPLE = 2, 8  # one under way and one that may follow it at once; the queue has one connection
GIVE_UP = 10
"""Fetches in a row that tell of a server in trouble, or one that does not want us: the visit ends."""

# Files first, then posts, then further lists: what is listed is saved before the next list is opened. What is known
# already comes after all that is new.
_ORDER: dict[Kind, int] = {"attachment": 0, "post": 1, "robots": 1, "sitemap": 2, "list": 3}
_AGAIN = 4


@dataclass(frozen=True, slots=True)
class Period:
    """Days of publication, both included; None leaves a side open."""

    since: date | None = None
    until: date | None = None

    def __bool__(self) -> bool:
        return self.since is not None or self.until is not None


@dataclass(frozen=True, slots=True)
class Ask:
    """A request that the visit wants made. ``walk`` is the list it belongs to; ``again`` says the post is known."""

    kind: Kind
    target: Target
    walk: int = -1
    again: bool = False


@dataclass(slots=True)
class _Page:
    """A list page whose posts must be seen before it is known whether to go on."""

    walk: int
    missing: set[str]
    young: bool = False


def mode_of(portal: Portal, horizon: str | None, period: Period, sweep: bool) -> Mode:
    """The kind of visit that is due, given when the last complete sweep began (ISO 8601, UTC)."""
    if period:
        return "backfill"
    if sweep or horizon is None:
        return "sweep"
    due = datetime.now(UTC) - CADENCE[portal.sweep] >= datetime.fromisoformat(horizon)
    return "sweep" if due else "news"


@dataclass(slots=True)
class Visit:
    """The state of a visit. Its methods are called as answers come and give the requests to make next."""

    portal: Portal
    mode: Mode
    known: Mapping[str, Known]
    horizon: str | None = None
    period: Period = field(default_factory=Period)
    ceiling: int = 3000
    missed: Sequence[tuple[str, str]] = ()
    requests: int = 0
    outstanding: int = 0
    posts_new: int = 0
    posts_changed: int = 0
    lists: int = 0
    over: str | None = None
    gone: set[str] = field(default_factory=set)
    troubles: Counter[str] = field(default_factory=Counter)
    _walks: list[ListWalk] = field(default_factory=list)
    _asked: set[str] = field(default_factory=set)
    _listed: set[str] = field(default_factory=set)
    _found: set[str] = field(default_factory=set)
    _again: deque[str] = field(default_factory=deque)
    _pages: list[_Page] = field(default_factory=list)
    _queue: list[tuple[int, int, Ask]] = field(default_factory=list)
    _serial: int = 0
    _only_again: bool = False
    _missed: bool = False
    _in_a_row: int = 0

    def start(self) -> list[Ask]:
        """The first pages of the portal's lists, and its sitemap."""
        if self.mode == "sweep":
            posts = (url for url, known in self.known.items() if known.kind == "post" and not known.gone)
            self._again.extend(sorted(posts, key=lambda url: self.known[url].seen_at))
        asks = [] if self.mode == "backfill" else [self._missed_once(kind, url) for kind, url in self.missed]
        for number, url in enumerate(self.portal.start_urls):
            self._walks.append(ListWalk(Target(url), self.portal.manners.pages))
            asks += self._next(number)
        if self.portal.sitemap_url:
            asks.append(Ask("sitemap", Target(self.portal.sitemap_url)))
        return asks

    def _missed_once(self, kind: str, url: str) -> Ask:
        self._asked.add(url)
        return Ask("post" if kind == "post" else "attachment", Target(url), again=True)

    @property
    def posts_found(self) -> int:
        """How many posts the lists and sitemaps have named that answered."""
        return len(self._found & self._listed)

    @property
    def complete(self) -> bool:
        """Whether every list was read to where it should be, with no page missing, and the visit came to its end."""
        return self.over is None and not self._missed and all(walk.complete for walk in self._walks)

    def list_read(self, walk: int, links: Links) -> list[Ask]:
        """A list page was read."""
        self.lists += 1
        posts = [url for link in links.posts if (url := canonical(link))]
        self._walks[walk].read(posts, links.next)
        asks = self._posts(posts)
        if self.mode == "backfill":
            page = _Page(walk, {ask.target.url for ask in asks})
            asked = page.missing
            page.young = not posts or any(url not in asked and not self._before_period(url, None) for url in posts)
            if page.missing:
                self._pages.append(page)
                return asks
            if not page.young:
                self._walks[walk].stop()
        elif self.mode == "news" and posts and all(self._old(url) for url in posts):
            self._walks[walk].stop()
        return asks + self._next(walk)

    def further(self, walk: int) -> bool:
        """Whether the page asked for last is not the list's first."""
        return self._walks[walk].pages > 1

    def list_failed(self, walk: int) -> list[Ask]:
        """A list page could not be read."""
        self._walks[walk].fail()
        return self._next(walk)

    def sitemap_read(self, posts: Iterable[str], sitemaps: Iterable[str]) -> list[Ask]:
        """A sitemap was read: posts that no list names, or further sitemaps."""
        asks = self._posts(url for link in posts if (url := canonical(link)))
        for url in sitemaps:
            if url not in self._asked:
                self._asked.add(url)
                asks.append(Ask("sitemap", Target(url)))
        return asks

    def sitemap_failed(self) -> None:
        """A sitemap could not be read."""
        self._missed = True

    def post_read(self, url: str, published: str | None, state: str) -> list[Ask]:
        """A post answered; ``state`` is new, changed, known or not_modified."""
        self._found.add(url)
        self.posts_new += state == "new"
        self.posts_changed += state == "changed"
        return self._seen(url, self._before_period(url, published))

    def post_failed(self, url: str) -> list[Ask]:
        """A post could not be read."""
        return self._seen(url, False)

    def file(self, url: str) -> list[Ask]:
        """A post offers a file."""
        if url in self._asked:
            return []
        self._asked.add(url)
        return [Ask("attachment", Target(url), again=url in self.known)]

    def wants_files_again(self) -> bool:
        """Whether known files of an unchanged post are asked for again."""
        return self.mode == "sweep"

    def met(self, outcome: str) -> None:
        """Count an outcome; many in a row that tell of a server in trouble end the visit."""
        if outcome in ("ok", "not_modified"):
            self._in_a_row = 0
            return
        self.troubles[outcome] += 1
        self._in_a_row = self._in_a_row + 1 if outcome in UNREACHABLE else 0
        if self._in_a_row >= GIVE_UP:
            self.end(f"given up after {GIVE_UP} fetches in a row without success, the last one: {outcome}")

    def end(self, why: str) -> None:
        """End the visit: what is not under way is not asked for any more."""
        if self.over is None:
            self.over = why
        for walk in self._walks:
            walk.abandon()
        self._again.clear()
        self._pages.clear()
        self._missed = self._missed or bool(self._queue)
        self._queue.clear()

    def may_ask(self) -> bool:
        """Count a request; False when the visit is over or its ceiling is reached."""
        if self.over is None and self.requests >= self.ceiling:
            self.end(f"ceiling of {self.portal.manners.requests} requests in a night reached; the rest comes next time")
        self.requests += self.over is None
        return self.over is None

    def add(self, asks: Iterable[Ask]) -> None:
        """Take requests that are to be made, now or later."""
        for ask in asks if self.over is None else ():
            self._serial += 1
            heapq.heappush(self._queue, (_ORDER[ask.kind] + (_AGAIN if ask.again else 0), self._serial, ask))

    def ready(self) -> list[Ask]:
        """The requests to make now: few at a time, so that a visit that ends leaves nothing under way for long."""
        asks: list[Ask] = []
        while self.outstanding < (_AT_ONCE_SAMPLE if self.portal.sample else _AT_ONCE):
            if not self._queue:
                self._ask_again()
            # What is known waits until all that is new is done: what is under way may still bring more of it.
            if not self._queue or (self._queue[0][2].again and self.outstanding and not self._only_again):
                break
            asks.append(heapq.heappop(self._queue)[2])
            self._only_again = asks[-1].again
            self.outstanding += 1
        return asks

    @property
    def waiting(self) -> int:
        """Requests that are known to be made yet."""
        return len(self._queue) + len(self._again)

    def _ask_again(self) -> None:
        """When all that is new is under way: the next of the known posts."""
        while self._again and not self._queue:
            url = self._again.popleft()
            if url not in self._asked:
                self._asked.add(url)
                self.add([Ask("post", Target(url), again=True)])

    def _next(self, walk: int) -> list[Ask]:
        target = self._walks[walk].next() if self.over is None else None
        return [Ask("list", target, walk=walk)] if target is not None else []

    def _posts(self, urls: Iterable[str]) -> list[Ask]:
        asks = []
        for url in urls:
            self._listed.add(url)
            if url in self._asked or (self.mode == "backfill" and self._outside(url)):
                continue
            known = self.known.get(url)
            # A sweep comes to the posts it knows when it has seen all lists, in an order of its own.
            if known is not None and self.mode == "sweep" and not known.gone:
                continue
            self._asked.add(url)
            asks.append(Ask("post", Target(url), again=known is not None))
        return asks

    def _seen(self, url: str, before: bool) -> list[Ask]:
        """A post of a backfill's page was seen: when it was the last, it is known whether to go on."""
        asks: list[Ask] = []
        for page in [page for page in self._pages if url in page.missing]:
            page.missing.discard(url)
            page.young = page.young or not before
            if not page.missing:
                self._pages.remove(page)
                if not page.young:
                    self._walks[page.walk].stop()
                asks += self._next(page.walk)
        return asks

    def _old(self, url: str) -> bool:
        known = self.known.get(url)
        if known is None or self.horizon is None:
            return False
        # A day's margin for clocks that disagree; days compare as their text does.
        horizon = datetime.fromisoformat(self.horizon) - timedelta(days=1)
        return (known.published or known.fetched_at)[:10] < horizon.date().isoformat()

    def _day(self, url: str, published: str | None) -> str | None:
        known = self.known.get(url)
        found = published or (known.published if known else None) or published_in_url(url)
        return found[:10] if found else None

    def _before_period(self, url: str, published: str | None) -> bool:
        day = self._day(url, published)
        return self.period.since is not None and day is not None and day < self.period.since.isoformat()

    def _outside(self, url: str) -> bool:
        """Whether a post is known, without asking for it, to lie outside the period."""
        day = self._day(url, None)
        return self._before_period(url, None) or (
            self.period.until is not None and day is not None and day > self.period.until.isoformat()
        )
