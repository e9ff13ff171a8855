"""``kehoach portals add``: a portal's file, guessed from one of its pages, and the posts it would collect."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from bs4 import Tag
from protego import Protego

from crawler.check import Step, post_step
from crawler.families import FAMILIES, fingerprint
from crawler.families.select import select_one
from crawler.families.shared import Page, Target, absolute, text
from crawler.outcomes import MEANINGS, OK, of_status
from crawler.portals import FOLDER, read_portal
from crawler.probe import Probe, Unreachable
from crawler.slots import slot_of
from crawler.stubs import stub
from schema.errors import UserError
from schema.vocabulary import name_key, provinces

POSTS = 5
_MOST_SECTIONS = 4  # pages of the menu that are tried
_CUT = re.compile(r"\s+[-|–»>]\s+|\s*\|\s*")
_SECTIONS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("plans", re.compile(r"kế hoạch(?! và đầu tư)", re.IGNORECASE)),
    ("direction", re.compile(r"chỉ đạo|điều hành", re.IGNORECASE)),
    ("legal", re.compile(r"văn bản|pháp quy|pháp luật", re.IGNORECASE)),
    ("news", re.compile(r"tin tức|tin mới|thời sự|hoạt động|sự kiện", re.IGNORECASE)),
)


@dataclass(frozen=True)
class Proposal:
    """A portal's file as proposed, and the posts it would collect first."""

    id: str
    yaml: str
    posts: tuple[str, ...]
    family: str
    found: dict[str, int]

    def line(self) -> str:
        """One line for people: the family, and what the others found on the page."""
        others = ", ".join(f"{name} {count}" for name, count in self.found.items() if count and name != self.family)
        told = f" (posts other families find there: {others})" if others else ""
        return f"family {self.family}: {len(self.posts)} posts on the start pages{told}; the first of them:"


def propose(url: str, probe: Probe) -> Proposal:
    """Look at a page (a list of posts, or the home page) and propose the portal's file.

    Raises:
        UserError: for an address that cannot be reached, is closed by robots.txt, or where no family finds posts.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UserError(f"{url}: not an http(s) address")
    domain = parts.hostname.removeprefix("www.")

    def owns(address: str) -> bool:
        host = urlsplit(address).hostname or ""
        return host == domain or host.endswith(f".{domain}")

    try:
        robots = _robots(f"{parts.scheme}://{parts.netloc}", probe, owns)
        if not robots.can_fetch(url, probe.agent):
            raise UserError(f"{url}: robots.txt closes it to programs")
        page = probe.page(Target(url), owns)
    except Unreachable as error:
        raise UserError(f"{url}: {error.outcome}: {error.detail}; {MEANINGS.get(error.outcome, '')}") from error
    family, counts = family_of(page)
    starts: dict[str, tuple[str, tuple[str, ...]]] = {}
    if family is not None:
        starts[page.url] = (_section(page), FAMILIES[family].links(page).posts)
    for section, further in _menu(page, owns):
        if further in starts or len(starts) > _MOST_SECTIONS or not robots.can_fetch(further, probe.agent):
            continue
        try:
            listed = probe.page(Target(further), owns)
        except Unreachable:
            continue
        name, more = family_of(listed)
        if name is None or (family is not None and name != family):
            continue
        family, counts = name, counts if any(counts.values()) else more
        starts[listed.url] = (section, FAMILIES[family].links(listed).posts)
    if family is None:
        reason = MEANINGS.get(stub(page) or "", "try the address of a page that lists posts")
        raise UserError(f"{url}: no posts found there: {reason}")
    sitemap = next((place for place in robots.sitemaps if owns(place)), None)
    posts = tuple(dict.fromkeys(post for _, listed_posts in starts.values() for post in listed_posts if owns(post)))
    name = re.sub(r"[^a-z0-9]+", "-", domain.removesuffix(".gov.vn").removesuffix(".vn")).strip("-")
    name = "-".join(reversed(name.split("-"))) if slot_of(url) != domain else name
    sections = {address: section for address, (section, _) in starts.items()}
    return Proposal(
        name, _yaml(name, page, family, sections, domain, sitemap, len(posts) * 8 // 10), posts, family, counts
    )


def sample_posts(proposal: Proposal, probe: Probe) -> Iterator[Step]:
    """The first posts that the proposed file would collect."""
    for url in proposal.posts[:POSTS]:
        try:
            page = probe.page(Target(url))
        except Unreachable as error:
            yield Step("post", "FAIL", f"{error.outcome}: {error.detail}", MEANINGS.get(error.outcome, ""))
            continue
        post = FAMILIES[proposal.family].post(page)
        yield (
            post_step(post, url)
            if post is not None
            else Step("post", "warn", f"no post on {url}", "another list page may be better as a start")
        )


def save_proposal(proposal: Proposal, folder: Path = FOLDER) -> Path:
    """Write the file where portals' files are; gives its path.

    Raises:
        UserError: when there is one of that name, when it cannot be written, or when the file would not be sound.
    """
    path = folder / f"{proposal.id}.yaml"
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(proposal.yaml)
    except FileExistsError as error:
        raise UserError(f"{path}: there already; kehoach portals check {proposal.id} tries it") from error
    except OSError as error:
        raise UserError(f"{path}: cannot be written ({error.strerror})") from error
    try:
        read_portal(path)
    except UserError:
        path.unlink()
        raise
    return path


def family_of(page: Page) -> tuple[str | None, dict[str, int]]:
    """The family that a page's marks name, when it finds posts there; else the generic one, when it does."""
    counts = {name: len(family.links(page).posts) for name, family in FAMILIES.items()}
    borne = fingerprint(page)
    if borne is not None and counts[borne]:
        return borne, counts
    return ("generic" if counts["generic"] else None), counts


def _robots(base: str, probe: Probe, owns: Callable[[str], bool]) -> Protego:
    answer = probe.get(Target(f"{base}/robots.txt"), owns)
    outcome = of_status(answer.status)
    if outcome == OK:
        rules = Protego.parse(answer.body.decode("utf-8", "replace"))
        probe.pause = max(probe.pause, min(float(rules.crawl_delay(probe.agent) or 0), 30.0))
        return rules
    if outcome == "http_4xx":
        return Protego.parse("")
    raise Unreachable("robots_unreachable", f"{base}/robots.txt answers {answer.status}")


def _menu(page: Page, owns: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """Links of the page whose words name a section of interest, plans first."""
    anchors = [(text(node), absolute(page.url, node["href"])) for node in page.soup.find_all("a", href=True)]
    for section, words in _SECTIONS:
        for shown, url in anchors:
            if url and owns(url) and 4 <= len(shown) <= 60 and words.search(shown):
                yield section, url


def _section(page: Page) -> str:
    shown = f"{text(page.soup.title)} {page.url}"
    return next((section for section, words in _SECTIONS if words.search(shown)), "news")


def _yaml(
    id_: str, page: Page, family: str, starts: dict[str, str], domain: str, sitemap: str | None, expected: int
) -> str:
    publisher = _publisher(page, domain)
    province = _province(domain)
    home = urljoin(page.url, "/")
    lines = [
        f"id: {id_}",
        f"publisher: {_quoted(publisher)}",
        f"publisher_en: {_quoted(_without_marks(publisher))}  # say it in English",
        f"province: {province[0]}  # {province[1]}" if province else "# province: new:37  # see the provinces' codes",
        f"family: {family}",
        f"home: {home}",
        "start:",
        *(f'  - {{section: {section}, url: "{_relative(url, home)}"}}' for url, section in starts.items()),
        f"domains: [{domain}]",
        *([f"sitemap: {sitemap}"] if sitemap else []),
        "cadence: daily",
        "expectations:",
        f"  min_posts: {max(1, expected)}",
        "  fill: {title: 1.0, published: 0.95, body: 0.95}",
        "status: sample" if domain.endswith(".localhost") else "status: untried",
        f"licence: {_quoted(_licence(page, publisher, domain))}",
    ]
    return "\n".join(lines) + "\n"


def _publisher(page: Page, domain: str) -> str:
    """The site's own name: what its pages say of it, or the part of the title that names a body."""
    node = select_one(page.soup, "meta[property='og:site_name']")
    told = str(node.get("content") or "").strip() if isinstance(node, Tag) else ""
    parts = [part.strip() for part in _CUT.split(text(page.soup.title)) if len(part.strip()) > 3]
    named = [part for part in parts if re.search(r"cổng|trang|sở|ubnd|ủy ban|uỷ ban|tỉnh|thành phố|ban ", part, re.I)]
    return told or (named or parts[-1:] or [domain])[-1]


def _province(domain: str) -> tuple[str, str] | None:
    """The province of today, or the last before it, whose name stands in the domain."""
    labels = [name_key(label) for label in domain.split(".")]
    known = {"hochiminhcity": "hochiminh", "huecity": "hue"}
    names = {known.get(label, label) for label in labels}
    rows = [row for row in provinces() if name_key(row.name) in names]
    current = [row for row in rows if row.valid_to is None]
    best = (current or rows)[-1:]
    return (best[0].key, best[0].name) if best else None


def _licence(page: Page, publisher: str, domain: str) -> str:
    """The notice on the page about reuse, or the line that names the portal as the source."""
    found = re.search(r"[^.\n|]{0,20}Ghi rõ nguồn(?:[^.\n|]|\.(?=\w)){5,160}", page.soup.get_text("\n"), re.IGNORECASE)
    return found[0].strip() if found else f"Nguồn: {publisher}, {domain}"


def _relative(url: str, home: str) -> str:
    return "/" + url.removeprefix(home) if url.startswith(home) else url


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _without_marks(name: str) -> str:
    plain = unicodedata.normalize("NFD", name.replace("Đ", "D").replace("đ", "d"))
    return "".join(char for char in plain if not unicodedata.combining(char))
