"""Shapes of pages that the sample portals do not show, and the families' shared readers."""

import subprocess
import sys
from urllib.parse import parse_qs

import pytest

from crawler.families import FAMILIES, fingerprint, read_page
from crawler.families.shared import Page, absolute, attachments, views
from crawler.slots import slot_of
from tests.crawler.conftest import ROOT

PAGER = """
<form method="post" action="tin.aspx" id="aspnetForm"><input type="hidden" name="__VIEWSTATE" value="/wE=">
<ul class="ArticleList"><li class="row"><h2 class="Title"><a href="/a/1/2/3/4/b.aspx">B</a></h2></li></ul>{links}</form>
"""


def call(argument):
    return f"javascript:__doPostBack('ctl00${argument}','')"


@pytest.mark.parametrize(
    ("buttons", "keys"),
    [
        ([("1", None), ("2", "p2"), ("3", "p3"), ("...", "next")], {"page=2": "p2", "page=3": "p3", "page=4": "next"}),
        # A later window has two "...": back first, then on.
        ([("...", "back"), ("6", None), ("7", "p2"), ("...", "next")], {"page=7": "p2", "page=8": "next"}),
        ([("...", "back"), ("6", "p1"), ("7", None)], {}),
        ([("...", "back")], {}),
        ([("1", None)], {}),
        ([], {}),
    ],
)
def test_post_back_pager(buttons, keys):
    anchors = "".join(
        f'<a class="ButtonPage"{"" if name is None else f" href={chr(34)}{call(name)}{chr(34)}"}>{label}</a>'
        for label, name in buttons
    )
    links = FAMILIES["uiarticle"].links(Page("https://x.gov.vn/tin.aspx", PAGER.format(links=anchors)))
    assert links.posts == ("https://x.gov.vn/a/1/2/3/4/b.aspx",)
    assert {target.key: parse_qs(target.body)["__EVENTTARGET"][0] for target in links.next} == {
        key: f"ctl00${name}" for key, name in keys.items()
    }
    assert all(parse_qs(target.body)["__VIEWSTATE"] == ["/wE="] for target in links.next)
    assert {target.url for target in links.next} <= {"https://x.gov.vn/tin.aspx"}


def test_posted_pager_names_every_page_but_the_first():
    html = (
        '<ul class="ArticleList"></ul><script>var maxPage = parseInt(27); var data = { article_category_id: 123, '
        'categoryIds: "123,124", site_id: 4, page_size: 15 };</script>'
    )
    found = FAMILIES["uiarticle"].links(Page("https://x.gov.vn/tin", html)).next
    assert [target.key for target in found] == [f"category=123&page={number}" for number in range(2, 28)]
    form = parse_qs(found[0].body, keep_blank_values=True)
    assert (form["categoryIds"], form["site_id"], form["page"], form["no"]) == (["123,124"], ["4"], ["2"], ["-15"])


def test_the_page_clock_is_no_date():
    html = (
        '<span class="date-today date">Chủ nhật, 22/11/2026</span><div class="portlet-asset-publisher">'
        '<h1 class="portlet-title">Tin</h1><div class="title-news"><h1>Tên bài</h1></div>'
        '<div class="journal-content-article"><p>Nội dung</p></div></div>'
    )
    assert read_page("https://x.gov.vn/-/ten-bai", html).published is None


def test_the_date_folder_dates_a_post_that_shows_none():
    html = '<p class="tandan-p-article-news-title">T</p><div class="tandan-p-article-main"><p>N</p></div>'
    assert read_page("https://x.gov.vn/portal/Pages/2024-4-25/t.aspx", html).published == "2024-04-25"


@pytest.mark.parametrize("html", ["", "<p>chữ</p>", "<html><body><h1>Bài</h1><p>Nội dung</p></body></html>", "\x00<"])
def test_a_page_of_no_family(html):
    assert fingerprint(Page("https://x.vn/", html)) is None
    assert read_page("https://x.vn/", html) is None


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("html", ["", "<div>" * 3000 + "sâu", "<p class='tandan-title-view'>T", "<form method=post>"])
def test_odd_html_gives_no_post_and_no_error(family, html):
    page = Page("https://x.vn/", html)
    assert FAMILIES[family].post(page) is None
    assert FAMILIES[family].links(page).posts == ()


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("/a/b.html#x", "https://x.gov.vn/a/b.html"),
        ("c.html", "https://x.gov.vn/tin/c.html"),
        ("//Y.gov.vn/", "https://y.gov.vn/"),
        ("/a;jsessionid=0A1?x=1", "https://x.gov.vn/a?x=1"),
        ("/a?id=1&utm_source=fb&_afrLoop=99&PHPSESSID=1", "https://x.gov.vn/a?id=1"),
        ("/img/3125 KH.pdf", "https://x.gov.vn/img/3125%20KH.pdf"),
        ("/kế-hoạch", "https://x.gov.vn/k%E1%BA%BF-ho%E1%BA%A1ch"),
        ("", None),
        ("#top", None),
        ("javascript:;", None),
        ("mailto:a@b.vn", None),
        ("ftp://x.gov.vn/", None),
        ("http://[bad", None),
    ],
)
def test_absolute(href, expected):
    assert absolute("https://x.gov.vn/tin/trang.html", href) == expected


def test_attachments_are_links_to_files_downloads_and_viewer_frames():
    page = Page(
        "https://x.gov.vn/",
        '<div><a href="/documents/1/2/KH 5.pdf/abc-d?t=1">Đính kèm: Kế hoạch số 5</a><a href="/tin.html">tin</a>'
        '<a href="/tai/7" download>Phụ lục</a><iframe src="/xem.html?file=/upload/kh.pdf"></iframe>'
        '<a href="/f/9.doc"><img src="i.png"></a><a href="/f/9.doc">Công văn 9</a></div>',
    )
    assert [(link.title, link.url.removeprefix("https://x.gov.vn")) for link in attachments(page, page.soup.div)] == [
        ("Kế hoạch số 5", "/documents/1/2/KH%205.pdf/abc-d?t=1"),
        ("Phụ lục", "/tai/7"),
        ("Công văn 9", "/f/9.doc"),
        ("kh.pdf", "/upload/kh.pdf"),
    ]


@pytest.mark.parametrize(
    ("shown", "count"),
    [
        ("Lượt xem: 691", 691),
        ("08:41 | 31/01/2020 | Lượt xem: 1.234", 1234),
        ("Đã xem: 12 981 Phản hồi: 0", 12981),
        ("View count: 545", 545),
        ("Thống kê truy cập: 4.646", None),
        ("", None),
    ],
)
def test_views(shown, count):
    assert views(shown) == count


@pytest.mark.parametrize(
    ("url", "slot"),
    [
        ("https://sonoivu.binhduong.gov.vn/x", "binhduong.gov.vn"),
        ("https://binhduong.gov.vn:8443/", "binhduong.gov.vn"),
        ("https://www.mattran.org.vn/", "mattran.org.vn"),
        ("https://cdn.baochinhphu.vn/", "baochinhphu.vn"),
        ("http://mau-liferay.localhost/", "mau-liferay.localhost"),
        ("http://127.0.0.1:80/", "127.0.0.1"),
    ],
)
def test_one_queue_for_a_registered_domain(url, slot):
    assert slot_of(url) == slot


def test_a_list_beside_a_post_is_not_the_post():
    html = (
        '<div class="portlet-asset-publisher"><div class="asset-abstract">'
        '<h3 class="asset-title"><a href="/-/khac">Khác</a></h3>'
        '<div class="asset-content">Tóm tắt khác</div></div></div><div class="portlet-asset-publisher">'
        '<div class="title-news"><h1>Tên bài</h1></div><div class="date">31/01/2020</div>'
        '<div class="journal-content-article"><p>Nội dung</p></div></div>'
    )
    found = read_page("https://x.gov.vn/-/ten-bai", html)
    assert (found.title, found.body_html, found.published) == ("Tên bài", "<p>Nội dung</p>", "2020-01-31")


def test_nothing_is_said_of_single_pages_beside_the_outcome():
    """Libraries' notes and warnings would drown what a crawl says on the terminal."""
    program = """
from crawler.families import FAMILIES
from crawler.families.shared import Page
pages = "", "\\0<", "<div>" * 500, "<?xml version='1.0'?><a><b>x</b></a>", "/tin/ke-hoach.html", "<p>" + "chu " * 99
for family in FAMILIES.values():
    for html in pages:
        family.links(Page("https://x.gov.vn/", html))
        family.post(Page("https://x.gov.vn/", html))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert (done.stdout, done.stderr) == ("", "")
