"""Pages of unknown software: what is a list, what is an article, and what is neither."""

import pytest

from crawler.families import generic
from crawler.families.shared import Page

PROSE = " ".join(["UBND tỉnh ban hành Kế hoạch số 12/KH-UBND về giảm nghèo bền vững trên địa bàn tỉnh."] * 6)
FRAME = (
    "<html><head><title>{title} | Cổng thông tin</title>{head}</head><body>"
    "<div class='top'><span class='ngay-gio'>Thứ ba, 24/11/2026 22:58</span></div>"
    "<ul class='menu'><li><a href='/gioi-thieu-chung-ve-tinh-nha'>Giới thiệu chung về tỉnh nhà</a></li></ul>"
    "<div class='giua'>{main}</div><div class='footer'>Giấy phép số 05/GP-TTĐT ngày 02/01/2015</div></body></html>"
)


def page(
    main, title="Kế hoạch giảm nghèo năm 2024", head="", url="https://x.gov.vn/tin/ke-hoach-giam-ngheo-12345.html"
):
    return Page(url, FRAME.format(main=main, title=title, head=head))


def article(date="<p>Ngày đăng: 03/05/2024</p>", body=f"<p>{PROSE}</p><p>{PROSE}</p>", after=""):
    return f"<h1>Kế hoạch giảm nghèo năm 2024</h1>{date}<div class='nd'>{body}</div>{after}"


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("<p>Ngày đăng: 03/05/2024</p>", "2024-05-03"),
        ("<div>Cập nhật lúc: 08:32 |28/03/2017</div>", "2017-03-28T08:32:00+07:00"),
        ("<span>Thứ 6, 05/07/2024, 17:20[GMT+7]</span>", "2024-07-05T17:20:00+07:00"),
        ("<time datetime='2024-05-03T07:09:00+07:00'>hôm qua</time>", "2024-05-03T07:09:00+07:00"),
        ("<span>8 giờ trước</span>", None),
        ("<div class='clock'>24/11/2026</div>", None),
        ("", None),
    ],
)
def test_the_date_is_the_articles_own(shown, expected):
    assert generic.post(page(article(shown))).published == expected


@pytest.mark.parametrize(
    ("head", "url", "expected"),
    [
        (
            '<meta property="article:published_time" content="2024-05-03T07:09:00+07:00">',
            "https://x.vn/t",
            "2024-05-03T07:09",
        ),
        (
            '<script type="application/ld+json">{"@type":"Article","datePublished":"2024-05-03"}</script>',
            "https://x.vn/t",
            "2024-05-03",
        ),
        ("", "https://x.vn/2024/05/03/tin-moi", "2024-05-03"),
    ],
)
def test_dates_told_to_machines_and_in_addresses(head, url, expected):
    assert generic.post(page(article(""), head=head, url=url)).published.startswith(expected)


def test_a_date_in_the_prose_is_not_the_posts():
    body = f"<p>Ngày 10/01/2019, {PROSE}</p><p>{PROSE}</p>"
    assert generic.post(page(article("", body))).published is None


def test_the_body_is_taken_as_served():
    table = "<table><tr><th>Chỉ tiêu</th><th>ĐVT</th></tr><tr><td>Hộ nghèo</td><td>%</td></tr></table>"
    after = "<p>Tác giả: Lê Thu</p><p>Nguồn: Báo tỉnh</p><p>Lượt xem: 1.234</p><a href='/f/kh.pdf'>Kế hoạch số 12</a>"
    post = generic.post(page(article(body=f"<p>{PROSE}</p>{table}<p>{PROSE}</p>", after=after)))
    assert table in post.body_html
    assert (post.title, post.author, post.source, post.views) == (
        *("Kế hoạch giảm nghèo năm 2024", "Lê Thu", "Báo tỉnh"),
        1234,
    )
    assert [link.url for link in post.attachments] == ["https://x.gov.vn/f/kh.pdf"]
    assert "Ngày đăng" not in post.body_html
    assert "Giấy phép" not in post.body_html


def test_title_and_body_in_one_element():
    post = generic.post(page(f"<h1>Kế hoạch giảm nghèo năm 2024</h1><p>{PROSE}</p><p>{PROSE}</p>"))
    assert post.title == "Kế hoạch giảm nghèo năm 2024"
    assert "<h1>" not in post.body_html


def test_a_post_that_is_no_more_than_its_file():
    body = "<p><a href='/f/12-kh.pdf'>Kế hoạch số 12/KH-UBND ngày 03/5/2024 của UBND tỉnh</a></p>"
    post = generic.post(page(article(body=body)))
    assert (post.title, post.published) == ("Kế hoạch giảm nghèo năm 2024", "2024-05-03")
    assert [link.url for link in post.attachments] == ["https://x.gov.vn/f/12-kh.pdf"]


LINKS = "".join(
    f"<div class='tin'><a href='/tin/ke-hoach-so-{n}-cua-tinh.html'>Kế hoạch số {n} của UBND tỉnh</a>{{date}}</div>"
    for n in range(1, 6)
)
DATED = LINKS.replace("{date}", "<span>03/05/2024</span>")
BARE = LINKS.replace("{date}", "")
POSTS = [f"https://x.gov.vn/tin/ke-hoach-so-{n}-cua-tinh.html" for n in range(1, 6)]


@pytest.mark.parametrize("main", [DATED, BARE], ids=["dated", "bare"])
def test_a_list(main):
    shown = page(main, title="Tin tức", url="https://x.gov.vn/tin-tuc")
    assert generic.post(shown) is None
    assert list(generic.links(shown).posts) == POSTS


def test_links_of_the_frame_are_no_posts():
    more = "<div class='sidebar'><a href='/tin/bai-khac-cua-tinh-9999.html'>Bài khác của tỉnh nhà</a> 03/05/2024</div>"
    assert list(generic.links(page(DATED + more, url="https://x.gov.vn/tin-tuc")).posts) == POSTS


def test_where_entries_have_dates_links_without_are_left_out():
    more = "<p><a href='/gop-y-du-thao-van-ban-quy-pham'>Góp ý dự thảo văn bản quy phạm</a></p>"
    assert list(generic.links(page(DATED + more, url="https://x.gov.vn/tin-tuc")).posts) == POSTS


@pytest.mark.parametrize(
    ("href", "key"),
    [
        ("/tin-tuc?page=2", "page=2"),
        ("/tin-tuc?trang=3", "page=3"),
        ("/tin-tuc/page/2/", "page=2"),
        ("/tin-tuc/trang-2.html", "page=2"),
        ("/tin-tuc?page=1", None),
        ("/khac?page=2", None),
        ("https://khac.vn/tin-tuc?page=2", None),
        ("javascript:;", None),
    ],
)
def test_pager(href, key):
    found = generic.links(page(f"{DATED}<a href='{href}'>2</a>", url="https://x.gov.vn/tin-tuc")).next
    assert [target.key for target in found] == ([key] if key else [])


@pytest.mark.parametrize(
    ("links", "at", "keys"),
    [
        ({1: "?cm=3", 2: "?cm=3&start=10", 3: "?cm=3&start=20"}, "?cm=3", {"page=2": "start=10", "page=3": "start=20"}),
        ({1: "?cm=3&start=0", 3: "?cm=3&start=20"}, "?cm=3&start=10", {"page=3": "start=20"}),
        ({2: "?page=1", 3: "?page=2"}, "", {"page=2": "page=1", "page=3": "page=2"}),  # counted from nought
        ({2: "?page=2", 3: "?page=3"}, "", {"page=2": "page=2", "page=3": "page=3"}),
        ({12: "?ngay=12", 13: "?ngay=13", 14: "?ngay=14"}, "", {}),  # a calendar
        ({2: "?cm=7&start=10", 3: "?cm=8&start=20"}, "?cm=3", {}),  # other lists
        ({2: "?start=10&x=1", 3: "?start=25&x=1"}, "?x=1", {}),
    ],
)
def test_pages_counted_otherwise(links, at, keys):
    anchors = "".join(f"<a href='/muc.php{href}'>{label}</a>" for label, href in links.items())
    found = generic.links(page(DATED + anchors, url=f"https://x.gov.vn/muc.php{at}")).next
    assert {target.key for target in found} == set(keys)
    assert all(keys[target.key] in target.url for target in found)


def test_the_article_in_tables_without_names():
    """Pages of old: everything in tables, nothing has a name, the title is bold; neither menus nor foot are text."""
    text = "<p>Ngày 01/3, Sở Tư pháp ban hành Kế hoạch số 12/KH-STP về công tác tư pháp năm 2024.</p>" * 4
    html = (
        "<title>Kế hoạch công tác tư pháp - Sở Tư pháp</title>"
        "<table><tr><td><a href='/'>Trang chủ</a> <a href='/tin'>Tin tức</a></td><td>Thứ Ba, 24/11/2026</td>"
        "</tr></table>"
        "<table><tr><td><b>Thống kê</b><br>Đang xem: 12</td><td><table>"
        "<tr><td class='tieude'><b>Kế hoạch công tác tư pháp</b></td></tr>"
        "<tr><td>Cập nhật lúc: 08:15 ngày 12/06/2024</td></tr>"
        f"<tr><td>{text}<p>Tải về: <a href='/tep/kh12.doc'>Kế hoạch số 12</a></p></td></tr>"
        "<tr><td>Các tin khác:<ul><li><a href='/tin.php?id=1'>Hội nghị của ngành tư pháp</a> (02/02/2024)</li></ul>"
        "</td></tr></table></td></tr></table>"
        "<table><tr><td>Trang thông tin của Sở. Giấy phép ngày 03/11/2016.</td></tr></table>"
    )
    found = generic.post(Page("https://x.gov.vn/tin.php?id=12", html))
    assert (found.title, found.published) == ("Kế hoạch công tác tư pháp", "2024-06-12T08:15:00+07:00")
    assert found.body_html.startswith("<p>Ngày 01/3")
    assert "Các tin khác" not in found.body_html
    assert "Giấy phép" not in found.body_html
    assert [link.title for link in found.attachments] == ["Kế hoạch số 12"]


@pytest.mark.parametrize("label", ["Trang sau", "»", "Xem thêm", "Next"])
def test_a_link_to_the_next_page(label):
    found = generic.links(page(f"{DATED}<a href='?p=4'>{label}</a>", url="https://x.gov.vn/tin-tuc?p=3")).next
    assert [target.key for target in found] == ["page=4"]


def test_feeds():
    head = '<link rel="alternate" type="application/rss+xml" href="/rss/tin.rss">'
    (target,) = generic.links(page(DATED, head=head, url="https://x.gov.vn/tin-tuc")).next
    assert target.url == "https://x.gov.vn/rss/tin.rss"


@pytest.mark.parametrize(
    "xml",
    [
        '<?xml version="1.0"?><rss version="2.0"><channel><link>https://x.gov.vn/</link><item><link>'
        "https://x.gov.vn/a</link></item></channel></rss>",
        '<feed xmlns="http://www.w3.org/2005/Atom"><link href="/"/><entry><link href="/a"/></entry></feed>',
        '\ufeff<?xml version="1.0"?><rss><channel><item><title>T</title><link> https://x.gov.vn/a#x </link></item>'
        "</channel></rss>",
    ],
)
def test_posts_of_a_feed(xml):
    assert generic.links(Page("https://x.gov.vn/rss", xml)).posts == ("https://x.gov.vn/a",)


@pytest.mark.parametrize(
    ("title", "main"),
    [
        (
            "Không tìm thấy trang",
            "<h1>Không tìm thấy trang</h1><p>Trang bạn tìm không tồn tại hoặc đã bị xóa.</p>",
        ),
        ("Lỗi hệ thống", "<h1>Lỗi</h1><p>Đã có lỗi xảy ra, vui lòng thử lại sau ít phút nữa nhé.</p>"),
        ("404", "<h1>404 Not Found</h1><p>The requested resource is not available on this server.</p>"),
        ("", ""),
    ],
)
def test_error_pages_are_no_posts(title, main):
    assert generic.post(page(main, title=title)) is None
