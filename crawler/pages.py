"""What an answer is worth: the class of a bad one, the post of a good one, and what of a post counts as its content."""

import json
import re
from dataclasses import dataclass

from bs4 import BeautifulSoup
from scrapy.http import Response

from crawler.families import Family
from crawler.families.select import select
from crawler.families.shared import Links, Page
from crawler.outcomes import OK, of_status
from crawler.stubs import stub
from schema.encoding import decode
from schema.page import PostPage

_PAGE_TYPES = ("text/html", "application/xhtml", "text/plain", "text/xml", "application/xml", "application/rss")
_SPACE = re.compile(r"\s+")
_NUMBER = re.compile(r"\b\d{1,5}\s*/\s*(?:\d{4}\s*/\s*)?(?:KH|QĐ|CT|CTr|BC|TB|NQ|CV|HD|TTr|ĐA)\b|\b\d{1,5}\s*/\s*KH-")


@dataclass(frozen=True, slots=True)
class PostRead:
    """A post with what of it is its content (for the digest) and which of its parts are filled."""

    post: PostPage
    content: str
    filled: str


def judge(response: Response) -> str:
    """The outcome that status, type and soundness of an answer decide; ``ok`` leaves its content to be read."""
    request = response.request
    outcome = of_status(response.status)
    damage = request.meta.get("damage") if request is not None else None
    return str(damage) if outcome == OK and damage else outcome


def read_list(response: Response, family: Family) -> tuple[str, Links]:
    """The outcome of a list page, and where it leads."""
    outcome, page = _page(response)
    if page is None:
        return outcome, Links()
    try:
        links = family.links(page)
    except Exception:  # one page that trips a parser must not stop the others
        return "unreadable", Links()
    # A list whose last post was taken down keeps its pager; a page that is no list has neither.
    if links.posts or links.end:
        return OK, links
    return stub(page) or "empty", links


def read_post(response: Response, family: Family) -> tuple[str, PostRead | None]:
    """The outcome of a post's page, and the post."""
    outcome, page = _page(response)
    if page is None:
        return outcome, None
    if (known := stub(page)) is not None:
        return known, None
    try:
        post = family.post(page)
    except Exception:  # as with lists
        return "unreadable", None
    return (OK, of_post(post)) if post is not None else ("no_post", None)


def of_post(post: PostPage) -> PostRead:
    """What of a post counts: its words, its dates, its files; no counters, no markup, no spacing."""
    tree = BeautifulSoup(post.body_html, "lxml")
    for node in select(tree, "script, style"):
        node.decompose()
    body = _SPACE.sub("", tree.get_text())
    parts = post.model_dump(exclude={"views", "body_html"})
    content = json.dumps({**parts, "body": body}, ensure_ascii=False, sort_keys=True)
    values = {**parts, "body": body, "number": _NUMBER.search(f"{post.title}\n{tree.get_text(' ')}")}
    return PostRead(post, content, ",".join(sorted(name for name, value in values.items() if value)))


def _page(response: Response) -> tuple[str, Page | None]:
    outcome = judge(response)
    if outcome != OK:
        return outcome, None
    sent = (response.headers.get("Content-Type") or b"text/html").decode("latin-1")
    if not sent.lower().startswith(_PAGE_TYPES) or response.body[:5] in (b"%PDF-", b"PK\x03\x04\x14"):
        return "wrong_type", None
    try:
        return OK, Page(response.url, decode(response.body, sent))
    except ValueError:
        return "decode", None


def file_outcome(response: Response) -> str:
    """The outcome of a file; a page in its stead is an error page."""
    outcome = judge(response)
    sent = (response.headers.get("Content-Type") or b"").decode("latin-1").lower()
    if outcome == OK and sent.startswith(("text/html", "application/xhtml")):
        return "wrong_type"
    return outcome
