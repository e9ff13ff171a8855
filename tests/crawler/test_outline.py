"""What a tree walked once tells is what its elements say one by one; and however deep it is, each is met seldom."""

import sys

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.families import FAMILIES
from crawler.families.outline import Outline, letters
from crawler.families.shared import Page, text

_TEXTS = st.sampled_from(
    ["", " ", "một", " hai  ba ", "\u200bbốn\u200b", "- 5/KH-UBND", "<!-- lời bình -->", "<script>x</script>"]
)
_TREES = st.recursive(
    _TEXTS,
    lambda inner: st.builds(
        lambda tag, kind, parts: f"<{tag}{kind}>{'|'.join(parts)}</{tag}>",
        st.sampled_from(["div", "p", "span", "a", "h1", "header", "article", "nav", "td"]),
        st.sampled_from(["", " class=menu", " class='pageHeader'", " id=sidebar", " href=/x", " class=tin"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(html=_TREES)
def test_every_element_says_the_same(html):
    soup = BeautifulSoup(f"<html><body>{html}</body></html>", "lxml")
    outline = Outline(soup)
    tags = [node for node in soup.find_all(True) if node.name != "script"]
    links = outline.lengths(soup.find_all("a"))
    for node in tags:
        assert outline.text(node) == text(node)
        assert outline.length(node) == len(text(node))
        assert list(map(id, outline.within(node))) == list(map(id, node.find_all(True)))
        assert outline.has(node, "a", "h1") == (node.find(["a", "h1"]) is not None)
        assert list(map(id, outline.named(node, "a"))) == list(map(id, node.find_all("a")))
        assert links(node) == sum(len(text(link)) for link in node.find_all("a"))
        begin, end = outline.letters_of(node)
        assert outline.letters[begin:end] == letters(text(node))
        for other in tags:
            assert outline.holds(node, other) == (node is other or any(box is node for box in other.parents))
            assert outline.before(node, other) == any(one is other for one in node.next_elements)


@pytest.mark.parametrize(
    ("html", "outside"),
    [
        ("<div class='menu'><p id=x>", True),
        ("<div class='tin-menu-chinh'><p id=x>", True),
        ("<div class='mainMenu'><p id=x>", True),
        ("<div class='menubar'><p id=x>", False),
        ("<div class='page-header'><p id=x>", True),
        ("<div class='article-header'><p id=x>", False),
        ("<header><p id=x>", True),
        ("<article><header><p id=x>", False),
        ("<header><article><p id=x>", True),
        ("<nav><div><div><p id=x>", True),
        ("<p id=sidebar>", True),
        ("<p id=x>", False),
    ],
)
def test_what_frames_every_page(html, outside):
    soup = BeautifulSoup(f"<html class=menu><body class='sidebar'>{html}</body></html>", "lxml")
    assert Outline(soup).outside(soup.p) == outside


def test_an_element_of_another_page_is_none_of_its_own():
    one, other = (BeautifulSoup("<p>chữ</p>", "lxml") for _ in range(2))
    with pytest.raises(KeyError):
        Outline(one).text(other.p)


DEEP = {
    "text at every level": ("<div class='tin'><p>Một dòng chữ của bài viết này.</p>", "</div>"),
    "links": ("<div><a href='/ke-hoach-phat-trien-{n}'>Kế hoạch phát triển số {n}</a> 1/2/2024", "</div>"),
    "headings": ("<div class='title'><span class='author'>", "</span></div>"),
    "rich text": ("<div class='ExternalClassA'><div itemprop='datePublished'>", "</div></div>"),
    "tables": ("<table><tr><td><ul><li>Một dòng chữ của bài viết này.</li></ul>", "</td></tr></table>"),
}


def work(family, what, shape, depth):
    """How many calls reading a page of that depth takes, and how many characters of text are gathered for it."""
    begin, end = DEEP[shape]
    body = "".join(begin.format(n=number) for number in range(depth)) + "Kế hoạch của tỉnh năm 2024." + end * depth
    html = f"<html><head><title>Kế hoạch của tỉnh</title></head><body><h1>Kế hoạch của tỉnh</h1>{body}</body></html>"
    page = Page("https://x.gov.vn/Pages/ke-hoach-cua-tinh.aspx", html)
    page.soup  # noqa: B018 - the parser's work is not ours
    calls = gathered = 0

    def count(_frame, event, _argument):
        nonlocal calls
        calls += event in ("call", "c_call")

    def gather(outline, node):
        nonlocal gathered
        gathered += len(found := told(outline, node))
        return found

    told, Outline.text = Outline.text, gather
    sys.setprofile(count)
    try:
        getattr(FAMILIES[family], what)(page)
    finally:
        sys.setprofile(None)
        Outline.text = told
    return calls + gathered


@pytest.mark.parametrize("shape", DEEP)
@pytest.mark.parametrize("what", ["post", "links"])
@pytest.mark.parametrize("family", ["generic", "sharepoint", "uiarticle"])
def test_the_work_grows_with_the_depth_and_not_with_its_square(family, what, shape):
    """Were each element asked again for all that hold it, four times the depth would take sixteen times the work."""
    work(family, what, shape, 50)  # what is loaded and compiled once does not count
    assert work(family, what, shape, 600) < 5 * work(family, what, shape, 150)
