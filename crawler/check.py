"""``kehoach portals check``: tries a portal step by step, as a crawl would go, and says what to do where it fails."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from protego import Protego

from crawler.classify import classify
from crawler.families import FAMILIES, fingerprint
from crawler.families.shared import Links, Page, Target, text
from crawler.outcomes import MEANINGS, OK, of_status
from crawler.portals import Portal
from crawler.probe import Probe, Unreachable
from crawler.stubs import stub
from schema.page import PostPage

POSTS = 3
_MOST_PAUSE = 30.0  # seconds; a longer Crawl-delay is for the night, not for a check


@dataclass(frozen=True)
class Step:
    """One step of a check: ok, a warning, or a failure with what to do about it."""

    name: str
    state: str  # ok | warn | FAIL
    detail: str
    fix: str = ""

    def lines(self) -> Iterator[str]:
        """The step for people."""
        yield f"  {self.state:4}  {self.name:10}  {self.detail}"
        if self.fix:
            yield f"        {'':10}  to do: {self.fix}"


def check(portal: Portal, probe: Probe) -> Iterator[Step]:
    """The steps one after another; the first that closes the way ends them."""
    try:
        yield from _reach(portal, probe)
        robots = Protego.parse("")
        for step, rules in _robots(portal, probe):
            robots = rules
            yield step
        walk = _Walk(portal, probe, robots)
        yield from walk.steps()
    except Unreachable as error:
        yield _failed("server", error)


def _failed(name: str, error: Unreachable) -> Step:
    return Step(name, "FAIL", f"{error.outcome}: {error.detail}", MEANINGS.get(error.outcome, ""))


def _reach(portal: Portal, probe: Probe) -> Iterator[Step]:
    """DNS, connection and certificate of every host of the start pages."""
    hosts = dict.fromkeys(
        (parts.scheme, parts.hostname or "", parts.port) for parts in map(urlsplit, portal.start_urls)
    )
    for scheme, host, port in hosts:
        if probe.via is not None:
            yield Step("DNS", OK, f"{host} is the sample server on this machine")
            continue
        yield Step("DNS", OK, f"{host} → {', '.join(probe.addresses(host))}")
        if scheme == "https":
            try:
                conceded = "".join(f"; {note}" for note in portal.tls.notes)
                yield Step("TLS", OK, f"{probe.certificate(host, port or 443)}{conceded}")
            except Unreachable as error:
                yield _failed("TLS", error)
                raise Unreachable(
                    error.outcome, f"{host} cannot be talked to safely, so nothing more was tried"
                ) from error
        else:
            yield Step("TLS", "warn", f"{host} is asked without TLS", "try https:// in home and start")


def _robots(portal: Portal, probe: Probe) -> Iterator[tuple[Step, Protego]]:
    parts = urlsplit(portal.start_urls[0])
    url = f"{parts.scheme}://{parts.netloc}/robots.txt"
    answer = probe.get(Target(url), portal.owns)
    outcome = of_status(answer.status)
    if outcome == "http_4xx":
        yield Step("robots.txt", OK, f"none ({answer.status}): everything is open"), Protego.parse("")
        return
    if outcome != OK:
        raise Unreachable("robots_unreachable", f"{url} answers {answer.status}")
    rules = Protego.parse(answer.body.decode("utf-8", "replace"))
    delay = float(rules.crawl_delay(probe.agent) or 0)
    probe.pause = max(probe.pause, min(delay, _MOST_PAUSE))
    closed = [start for start in portal.start_urls if not rules.can_fetch(start, probe.agent)]
    shown = f"Crawl-delay {delay:g} s" if delay else "no Crawl-delay"
    if closed:
        yield Step("robots.txt", "FAIL", f"closes {', '.join(closed)}", MEANINGS["robots"]), rules
        return
    yield Step("robots.txt", OK, f"opens the start pages; {shown}"), rules
    sitemaps = [place for place in rules.sitemaps if portal.owns(place)]
    if sitemaps and not portal.sitemap:
        step = Step("sitemap", "warn", f"robots.txt names {sitemaps[0]}", f"add it to the file: sitemap: {sitemaps[0]}")
        yield step, rules


class _Walk:
    """Start pages, one further page, and a few posts."""

    def __init__(self, portal: Portal, probe: Probe, robots: Protego) -> None:
        self._portal, self._probe, self._robots = portal, probe, robots
        self._family = FAMILIES[portal.family]

    def steps(self) -> Iterator[Step]:
        posts: dict[str, None] = {}
        further: tuple[Page, Target] | None = None
        for start, url in zip(self._portal.start, self._portal.start_urls, strict=True):
            if not self._robots.can_fetch(url, self._probe.agent):
                continue
            try:
                page = self._probe.page(Target(url), self._portal.owns)
            except Unreachable as error:
                yield _failed("list page", error)
                continue
            links = self._family.links(page)
            yield self._list_step(start.section, page, links)
            posts.update(dict.fromkeys(url for url in links.posts if self._portal.owns(url)))
            paged = [target for target in links.next if not target.key.startswith("feed=")]
            if further is None and links.posts and paged:
                further = (page, paged[0])
        if posts:
            yield self._paging_step(further)
            yield from self._post_steps(list(posts)[:POSTS])

    def _list_step(self, section: str, page: Page, links: Links) -> Step:
        if links.posts:
            away = [url for url in links.posts if not self._portal.owns(url)]
            if away:
                fix = f"add to domains: {urlsplit(away[0]).hostname}, if it is the portal's own"
                return Step(
                    "list page", "warn", f"{section}: {counted(len(links.posts), 'post')}, {len(away)} outside", fix
                )
            return Step("list page", OK, f"{section}: {counted(len(links.posts), 'post')} on {page.url}")
        outcome = stub(page) or "empty"
        return Step("list page", "FAIL", f"{section}: {outcome}, {page.url}", self._advice(page, outcome))

    def _advice(self, page: Page, outcome: str) -> str:
        """Which other family finds posts on the page."""
        if outcome != "empty":
            return MEANINGS[outcome]
        kind, _ = classify(page, self._portal.family)
        if kind in ("article", "document"):
            return "that is a post, not a list: take the address of the list it stands in as start"
        borne = fingerprint(page)
        if borne and borne != self._portal.family:
            return f"the page bears the marks of another software: family: {borne}"
        finds = {name: len(family.links(page).posts) for name, family in FAMILIES.items()}
        best = max(finds, key=lambda name: finds[name])
        if finds[best]:
            return f"family {best} finds {finds[best]} posts there: family: {best}"
        return (
            "no family finds posts there: open the page in a browser and take the address of a list of posts as start"
        )

    def _paging_step(self, further: tuple[Page, Target] | None) -> Step:
        if further is None:
            return Step(
                "paging",
                "warn",
                "no further pages found: only what the first page and the sitemap name will be collected",
                "when the portal has a page 2, its pager is one that the family does not know yet",
            )
        before, target = further
        known = set(self._family.links(before).posts)
        try:
            links = self._family.links(self._probe.page(target, self._portal.owns))
        except Unreachable as error:
            return _failed("paging", error)
        new = [url for url in links.posts if url not in known]
        if not new:
            return Step(
                "paging",
                "FAIL",
                f"{target.key or target.url} brings no other posts than {before.url}",
                MEANINGS["empty"],
            )
        return Step("paging", OK, f"{target.method} {target.key or target.url}: {counted(len(new), 'other post')}")

    def _post_steps(self, urls: list[str]) -> Iterator[Step]:
        for url in urls:
            if not self._robots.can_fetch(url, self._probe.agent):
                yield Step("post", "FAIL", url, MEANINGS["robots"])
                continue
            try:
                page = self._probe.page(Target(url), self._portal.owns)
            except Unreachable as error:
                yield _failed("post", error)
                continue
            post = self._family.post(page)
            if post is None:
                outcome = stub(page) or "no_post"
                yield Step("post", "FAIL", f"{outcome}: {url}", MEANINGS[outcome])
            else:
                yield post_step(post, url)


def counted(number: int, thing: str) -> str:
    """ "1 post", "2 posts"."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def post_step(post: PostPage, url: str) -> Step:
    """What was read of a post; a field that is missing is a warning, an empty body a failure."""
    length = len(text(BeautifulSoup(post.body_html, "lxml")))
    files = f", {counted(len(post.attachments), 'file')}" if post.attachments else ""
    shown = f"{post.published or 'no date'} | {post.title[:70]} | {length} characters{files}"
    if not length and not post.attachments:
        return Step("post", "FAIL", f"{shown} | {url}", "the body is empty: is family right in the portal's file?")
    if post.published is None:
        return Step(
            "post", "warn", f"{shown} | {url}", "no date found: does the page show one? Its place is not known yet"
        )
    return Step("post", OK, shown)
