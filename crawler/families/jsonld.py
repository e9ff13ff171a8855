"""What a page tells machines about its article: JSON-LD (schema.org NewsArticle and its like)."""

import json
from collections.abc import Iterator
from typing import Any

from crawler.families.select import select
from crawler.families.shared import Page

_ARTICLES = frozenset({"NewsArticle", "Article", "BlogPosting", "ReportageNewsArticle", "Report"})


def article_data(page: Page) -> dict[str, Any]:
    """The first article that the page's JSON-LD describes; empty when there is none or it cannot be read."""
    for node in select(page.soup, "script[type='application/ld+json']"):
        try:
            data = json.loads(node.get_text(), strict=False)
        except ValueError:
            continue
        for item in _items(data):
            kinds = item.get("@type")
            if _ARTICLES & set(kinds if isinstance(kinds, list) else [kinds]):
                return item
    return {}


def _items(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 4:
        return
    if isinstance(data, list):
        for item in data:
            yield from _items(item, depth + 1)
    elif isinstance(data, dict):
        yield data
        yield from _items(data.get("@graph"), depth + 1)
        yield from _items(data.get("mainEntity"), depth + 1)


def name_in(data: Any) -> str | None:
    """A name where JSON-LD gives a string, a thing with a name, or a list of either."""
    if isinstance(data, list):
        return next((name for item in data if (name := name_in(item))), None)
    name = data.get("name") if isinstance(data, dict) else data
    return name.strip() or None if isinstance(name, str) else None
