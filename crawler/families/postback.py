"""Paging by post-back (ASP.NET): links and buttons that send the page's own form again, naming the control pressed."""

import re
from urllib.parse import urlencode

from bs4 import Tag

from crawler.families.select import select, select_one
from crawler.families.shared import Page, Target, absolute, text

_CALL = re.compile(r"__doPostBack\('([^']*)'\s*,\s*'([^']*)'\)")
_ONWARD = ("...", "…", ">", "»", "›", "Tiếp", "Tiếp theo", "Trang sau", "Sau", "Next")
_MOST_DIGITS = 5

Call = tuple[str, str]
"""Name of the control and its argument."""


def post_backs(page: Page, pager: str) -> list[Target]:
    """The pages after the current one behind the pager links that ``pager`` selects, each keyed ``page=N``.

    Forward only: of two "..." the first leads back, and what is left out here was already on earlier pages. Without
    numbers nothing says where a link leads, and none is followed.
    """
    form = select_one(page.soup, "form#aspnetForm, form#Form, form[method=post], form[method=POST]")
    if form is None:
        return []
    numbered: dict[int, Call] = {}
    onward: Call | None = None
    current = 0
    for node in select(form, pager):
        label, call = text(node) or str(node.get("value") or node.get("title") or "").strip(), _call(node)
        if label.isdecimal() and len(label) <= _MOST_DIGITS:
            if call and not _is_current(node):
                numbered[int(label)] = call
            else:
                current = int(label)
        elif call and label in _ONWARD:
            onward = call if numbered or current else None
    last = max([*numbered, current])
    calls = {number: call for number, call in numbered.items() if number > current}
    if onward and last:
        calls.setdefault(last + 1, onward)
    action = absolute(page.url, form.get("action")) or page.url
    state = _state(form)
    return [
        Target(
            action,
            "POST",
            urlencode([("__EVENTTARGET", call[0]), ("__EVENTARGUMENT", call[1]), *state]),
            key=f"page={number}",
        )
        for number, call in sorted(calls.items())
    ]


def _call(node: Tag) -> Call | None:
    found = _CALL.search(f"{node.get('href') or ''} {node.get('onclick') or ''}")
    return (found[1], found[2]) if found else None


def _is_current(node: Tag) -> bool:
    return any("current" in name.lower() or name == "active" for name in node.get_attribute_list("class") if name)


def _state(form: Tag) -> list[tuple[str, str]]:
    return [
        (str(node["name"]), str(node.get("value") or ""))
        for node in select(form, "input[type=hidden][name]")
        if node["name"] not in ("__EVENTTARGET", "__EVENTARGUMENT")
    ]
