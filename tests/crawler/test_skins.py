"""Families that the sample portals do not show: skins of single portals, and shapes of pages beside the usual ones."""

import pytest

from crawler.families import FAMILIES, fingerprint, read_page
from crawler.families.shared import Page
from extract.page import page_text

HATINH_LIST = (
    '<div class="list"><a href="/bai-viet/ke-hoach-mot">Kế hoạch một</a><a href="/bai-viet/ke-hoach-hai">Kế hoạch hai'
    '</a></div><a href="/vi/chuyen-muc/tin?page=1">1</a><a href="/vi/chuyen-muc/tin?page=2">2</a>'
)
HATINH = (
    '<h1 class="detail-title">Kế hoạch một</h1><span class="time">Đăng tải: 25/4/2024</span>'
    '<div class="detail-content"><p class="detail-content-lead">Tóm tắt.</p><p>Nội dung.</p>'
    '<p>Tệp đính kèm: <a href="/tep/kh.pdf">KH 12</a></p>'
    "<p>Lượt xem: 12 Tác giả: Lê Thu</p></div>"
)
GIALAI_LIST = (
    '<h3><a class="article-title common-title" href="/tin/ke-hoach-trong-rung.html">Kế hoạch trồng rừng</a></h3>'
    '<div class="wrapper-pagination"><a class="next-pages" href="/tin?page=2">›</a></div>'
)
GIALAI = (
    '<h1 class="title-detail">Kế hoạch trồng rừng</h1><div class="post-date">14:05 02/03/2023</div>'
    '<div class="article-brief">Tóm tắt.</div><div class="article-content"><p>Nội dung.</p></div>'
)
TYPES_LIST = (
    '<section class="section-list Article-Detail-listType5"><article class="item-block"><h4 class="entry-title">'
    '<a href="/tin/ke-hoach-moi-1234.html">Kế hoạch mới</a></h4></article></section>'
    '<ul class="pagination"><li><a href="/tin?page=2">2</a></li></ul>'
)
TYPES = (
    '<section class="section-list Article-Detail-default"><article class="detailType2 Article-News">'
    '<h1>Kế hoạch mới</h1><time class="post-date" datetime="2022-05-06T07:08:00+07:00">06/05/2022</time>'
    '<div class="entry-content"><p>Nội dung.</p></div></article></section>'
)


@pytest.mark.parametrize(
    ("family", "html", "posts", "keys"),
    [
        ("hatinh", HATINH_LIST, ["/bai-viet/ke-hoach-mot", "/bai-viet/ke-hoach-hai"], ["page=2"]),
        ("gialai", GIALAI_LIST, ["/tin/ke-hoach-trong-rung.html"], ["page=2"]),
        ("listtypes", TYPES_LIST, ["/tin/ke-hoach-moi-1234.html"], ["page=2"]),
    ],
)
def test_lists(family, html, posts, keys):
    found = FAMILIES[family].links(Page("https://x.gov.vn/", html))
    assert [url.removeprefix("https://x.gov.vn") for url in found.posts] == posts
    assert [target.key for target in found.next] == keys
    assert all(FAMILIES[family].POST_URL.search(url) for url in found.posts)
    assert FAMILIES[family].post(Page("https://x.gov.vn/", html)) is None


@pytest.mark.parametrize(
    ("family", "html", "title", "date", "summary"),
    [
        ("hatinh", HATINH, "Kế hoạch một", "2024-04-25", "Tóm tắt."),
        ("gialai", GIALAI, "Kế hoạch trồng rừng", "2023-03-02T14:05:00+07:00", "Tóm tắt."),
        ("listtypes", TYPES, "Kế hoạch mới", "2022-05-06T07:08:00+07:00", None),
    ],
)
def test_posts(family, html, title, date, summary):
    assert fingerprint(Page("https://x.gov.vn/", html)) == family
    post = read_page("https://x.gov.vn/bai-viet/a", html)
    assert (post.title, post.published, post.summary, post.body_html) == (title, date, summary, "<p>Nội dung.</p>")


def test_the_lines_that_close_a_body_are_no_part_of_it():
    post = read_page("https://x.gov.vn/bai-viet/a", HATINH)
    assert (post.views, post.author) == (12, "Lê Thu")
    assert [(link.title, link.url) for link in post.attachments] == [("KH 12", "https://x.gov.vn/tep/kh.pdf")]


def news_item(name, number, shown="8 giờ trước"):
    return (
        f'<div class="news-item" data-id="{number}"><div class="news-info"><a href="/{name}-{number}.htm" title="Tin">'
        f'<h3 class="news-title">Tin</h3></a><span class="news-time" title="13:37, 10/07/2026">{shown}</span>'
        "</div></div>"
    )


def test_vgp_pages_on_by_post_from_index_one():
    family = FAMILIES["vgp"]
    first = family.links(Page("https://x.gov.vn/chi-dao.htm", news_item("tin-mot", 4260710091642503)))
    assert first.posts == ("https://x.gov.vn/tin-mot-4260710091642503.htm",)
    (target,) = first.next
    assert (target.url, target.method, target.body) == (
        *("https://x.gov.vn/chi-dao.htm?PageIndex=1", "POST"),
        "PageIndex=1",
    )
    (further,) = family.links(Page(target.url, news_item("tin-hai", 4260710091642504))).next
    assert further.body == "PageIndex=2"
    past_the_end = family.links(Page(further.url, ""))
    assert (past_the_end.posts, past_the_end.next, past_the_end.end) == ((), (), True)


def test_vgp_reads_no_relative_time():
    url = "https://x.gov.vn/tin-mot-4260710091642503.htm"
    shown = '<div data-role="publishdate">8 giờ trước</div><div data-role="content"><p>Nội dung.</p></div>'
    data = (
        '<script type="application/ld+json">{"@graph": [{"@type": ["NewsArticle"],'
        ' "datePublished": "2026-07-10T13:37:00+07:00"}]}</script>'
    )
    assert read_page(url, f"<h1>Tên bài</h1>{shown}").published is None
    assert read_page(url, f"{data}<h1>Tên bài</h1>{shown}").published == "2026-07-10T13:37:00+07:00"
    assert read_page(url, f"<script type='application/ld+json'>{{no</script><h1>T</h1>{shown}").published is None


def test_a_telerik_pager_posts_back():
    pager = "".join(
        f"""<a {"class='rgCurrentPage'" if number == 2 else ""} href="javascript:__doPostBack('g$p${number}','')">"""
        f"<span>{number}</span></a>"
        for number in (1, 2, 3)
    )
    html = (
        '<form method="post" id="Form" action="/tin"><input type="hidden" name="__VIEWSTATE" value="s">'
        '<div id="dnn_ContentPane"><a href="/vi-vn/tin/tid/a/newsid/5b1b1cbe-0000-4000-8000-0123456789ab/cid/x">Tin</a>'
        f'<div class="rgWrap rgNumPart">{pager}</div>'
        """<input type="button" class="rgPageNext" title="Next" onclick="javascript:__doPostBack('g$n','')">"""
        "</div></form>"
    )
    found = FAMILIES["dnn"].links(Page("https://x.gov.vn/tin", html))
    assert len(found.posts) == 1
    assert [(target.key, "g%24p%243" in target.body) for target in found.next] == [("page=3", True), ("page=4", False)]


SHAREPOINT_NOTE = """
<div id="s4-workspace"><div class="dateSearch"><div class="time">Thứ hai, 24/11/2026 - 8:05</div></div>
<table><tr class="ms-news-header"><td>Tiếp dân</td><td class="Time">(26.07.2019 14:14)</td></tr></table>
<div id="part1"><table id="tableforprint"><tr><td><p class="Title">{title}</p></td></tr>
<tr><td><div class="ExternalClassD44D9F9779FB424380767EC8F35A4E72"><p><br></p></div></td></tr></table>
{below}<span class="css_readCounter">Số lượt người xem : 12</span>
<span class="css_printandback"><a href="javascript:print()">Bản in</a></span><script>var a = 1;</script></div>
<div id="part2"><ul><li><a href="/bai-cu">Bài cũ</a><span class="ShowDate">(04/04/2019)</span></li></ul></div>
<div class="footer"><p>Chịu trách nhiệm nội dung: Chánh Văn phòng. Địa chỉ: số 1, đường Trần Phú.</p></div></div>
"""


def test_a_sharepoint_post_whose_text_is_a_link():
    """Neither the clock of the page is its date, nor the foot of the page its text."""
    below = '<p>Xem chi tiết <a href="/img/lich tuan.pdf">tại đây</a></p>'
    found = read_page("https://x.gov.vn/lich-tuan", SHAREPOINT_NOTE.format(title="Lịch tuần", below=below))
    assert found is not None
    assert (found.title, found.published) == ("Lịch tuần", "2019-07-26T14:14:00+07:00")
    assert page_text(found) == "Lịch tuần\nXem chi tiết tại đây"
    assert [link.url for link in found.attachments] == ["https://x.gov.vn/img/lich%20tuan.pdf"]


@pytest.mark.parametrize(("title", "below"), [("Lịch tuần", ""), ("", "<p>Xem chi tiết tại đây</p>")])
def test_a_sharepoint_table_with_nothing_in_it_is_no_post(title, below):
    assert read_page("https://x.gov.vn/lich-tuan", SHAREPOINT_NOTE.format(title=title, below=below)) is None


def test_a_sharepoint_publishing_page():
    """Text of the page's own tools stays out; the date stands alone above the body (Bắc Kạn and its like)."""
    html = (
        "<html><head><title>UBND tỉnh ban hành kế hoạch - Cổng thông tin</title></head><body>"
        '<a class="ms-skip" href="#">Skip</a><div id="s4-workspace">'
        '<div id="ctl00_ctl50_g_6f0b7c9a_1111_4222_9333_444455556666"><h2>UBND tỉnh ban hành kế hoạch</h2>'
        "<div>02/03/2021</div><div>Tăng cỡ chữ Giảm cỡ chữ</div>"
        '<div class="ms-rtestate-field"><p>Ngày 01/3, UBND tỉnh ban hành Kế hoạch số 12/KH-UBND./.</p></div>'
        "<div>Tác giả: Hồng Nhung</div></div></div></body></html>"
    )
    post = read_page("https://x.gov.vn/pages/ubnd-tinh-ban-hanh-36aa.aspx", html)
    assert (post.title, post.published, post.author) == ("UBND tỉnh ban hành kế hoạch", "2021-03-02", "Hồng Nhung")
    assert "cỡ chữ" not in post.body_html
    assert read_page("https://x.gov.vn/pages/default.aspx", html) is None
    short = html.replace("Ngày 01/3, UBND tỉnh ban hành Kế hoạch số 12/KH-UBND./.", '<a href="/kh.pdf">Tải về</a>')
    post = read_page("https://x.gov.vn/pages/ubnd-tinh-ban-hanh-36aa.aspx", short)
    assert (post.title, post.published) == ("UBND tỉnh ban hành kế hoạch", "2021-03-02")
    assert [link.url for link in post.attachments] == ["https://x.gov.vn/kh.pdf"]


def test_a_document_in_the_uiarticle_register():
    """Hà Nội's documents: a table that leads to them; a page of labelled rows for each, whose markup is not known."""
    listing = (
        '<div class="UIDocumentList_Default"><table id="ctrl_1_2_gr_items"><tr><th class="CodeClass">Số ký hiệu</th>'
        '</tr><tr><td><a href="/van-ban-chi-dao-dieu-hanh/ke-hoach-281-261878">281/KH-UBND</a></td><td>'
        '<span class="date-pub">14/07/2026</span></td></tr><tr class="tr-pager"><td>1 2 3</td></tr></table></div>'
    )
    rows = (
        ("Số ký hiệu", "281/KH-UBND"),
        ("Trích yếu", "Kế hoạch tổ chức lễ kỷ niệm"),
        ("Ngày ban hành", "14/07/2026"),
    )
    table = "".join(f"<tr><td>{label}</td><td>{value}</td></tr>" for label, value in rows)
    detail = (
        f"<html><body><h1>Kế hoạch 281/KH-UBND</h1><div class='vb'><table>{table}</table>"
        "<a href='/upload/281.pdf'>Tải về</a></div></body></html>"
    )
    found = FAMILIES["uiarticle"].links(Page("https://x.gov.vn/van-ban-chi-dao-dieu-hanh", listing))
    assert found.posts == ("https://x.gov.vn/van-ban-chi-dao-dieu-hanh/ke-hoach-281-261878",)
    assert FAMILIES["uiarticle"].post(Page("https://x.gov.vn/van-ban-chi-dao-dieu-hanh", listing)) is None
    post = read_page(found.posts[0], detail, "uiarticle")
    assert (post.title, post.published) == ("Kế hoạch tổ chức lễ kỷ niệm", None)  # the day of issue is the document's
    assert [link.url for link in post.attachments] == ["https://x.gov.vn/upload/281.pdf"]
