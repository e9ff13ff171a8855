"""Looking only at nodes that can match finds what looking at all of them finds."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.families.select import select, select_one

SELECTORS = (
    ".title",
    "#main .title, h1",
    "div.title > a[href]",
    "a[href*='cur=']",
    "[class*='tit' i]",
    "[href]:not(.title)",
    "[lang!='vi']",
    "*",
    ".box a, .title + .date, td",
    "h1:has(a)",
    "ul li a[HREF], H1.date",
)
_CLASSES = st.sampled_from(["", "title", "box", "title box", "date", "TITLE"])
_LEAF = st.builds(
    lambda tag, kind, more: f'<{tag} class="{kind}"{more}>x</{tag}>',
    st.sampled_from(["a", "p", "h1", "td", "span"]),
    _CLASSES,
    st.sampled_from(["", " href='?cur=2'", " id=main", " lang=vi", " href"]),
)
_TREES = st.recursive(
    _LEAF,
    lambda inner: st.builds(
        lambda tag, kind, parts: f'<{tag} class="{kind}">{"".join(parts)}</{tag}>',
        st.sampled_from(["div", "ul", "li", "h1", "template", "table"]),
        _CLASSES,
        st.lists(inner, max_size=4),
    ),
    max_leaves=20,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(html=_TREES)
def test_the_same_nodes_in_the_same_order(html):
    soup = BeautifulSoup(f"<body>{html}</body>", "lxml")
    for root in (soup, soup.body, next(iter(soup.body.find_all(True)), soup)):
        for selector in SELECTORS:
            found = select(root, selector)
            assert list(map(id, found)) == list(map(id, root.select(selector))), selector
            assert select_one(root, selector) is root.select_one(selector)


@pytest.mark.parametrize("selector", SELECTORS)
def test_a_node_does_not_find_itself(selector):
    only = BeautifulSoup('<h1 class="title" id="main"></h1>', "lxml").h1
    assert select(only, selector) == []
