"""Every sample post, served in the shape of its portal, is read back as it was written."""

from urllib.parse import unquote

import pytest

from corpus.sample.pages import list_page, post_page
from corpus.sample.portals import ALL, sample_portals
from corpus.sample.posts import FILES, load_posts, read_post
from crawler.families import FAMILIES, fingerprint, read_page
from crawler.families.shared import Page
from extract.page import page_text

POSTS = load_posts()
PORTALS = sample_portals(POSTS)
FAMILY = {
    "mau-uiarticle": "uiarticle",
    "mau-uiarticle-post": "uiarticle",
    "mau-tandan": "tandan",
    "mau-liferay": "liferay",
    "mau-nukeviet": "nukeviet",
    "mau-sharepoint": "sharepoint",
    "mau-dnn": "dnn",
    "mau-vgp": "vgp",
    "mau-wordpress": "wordpress",
    "mau-generic": "generic",
}
TRICKY = """\
id: x-1
title: Kế hoạch "thử" & <nghiệm>
published: 2024-05-03 07:09
section: Tin tức
views: 1234
author: Nguyễn Thị Thử
source: Văn phòng
summary: Tóm tắt của bài.
attachments: a b.pdf

ỦY BAN NHÂN DÂN
TỈNH MẪU

Đoạn văn xuôi khá dài để bị cắt thành hai phần khi soạn thảo,
xuống dòng giữa chừng và có < > & trong câu.

- Mục một
- Mục hai: 5 < 7
- 1. Mục có số
- - Mục có hai gạch

1. Một
2. Hai
3. Ba

4. Bốn
6. Sáu

01. Không phải số thường

a) Điểm a
+ Dấu cộng

| STT | Chỉ tiêu | |
| 1 | 20% | |

| một cột |

Đính kèm: Kế hoạch số 1/KH-UBND

Nơi nhận:
- Như trên;
- Lưu: VT./.
"""


def read_back(portal, post):
    html = post_page(portal, post)
    page = read_page(f"http://{portal.id}.localhost{portal.post_path(post)}", html, FAMILY[portal.id])
    assert page is not None
    return page


@pytest.mark.parametrize("portal", PORTALS)
def test_fingerprint(portal, tmp_path):
    post = tricky(tmp_path, portal)
    served = sample_portals([post])[portal]
    borne = None if portal == "mau-generic" else FAMILY[portal]  # unknown software bears no marks
    assert fingerprint(Page("http://x/", post_page(served, post))) == borne
    assert fingerprint(Page("http://x/", list_page(served, ALL, 1))) == borne


@pytest.mark.parametrize("post", POSTS, ids=lambda post: f"{post.portal}/{post.slug}")
def test_served_text_is_canonical_in_its_portal(post):
    page = read_back(PORTALS[post.portal], post)
    assert page_text(page) == post.text
    assert page.published is not None
    assert page.published.startswith(post.published.strftime("%Y-%m-%dT%H:%M"))
    assert (page.views, page.author, page.source) == (post.views, post.author, post.source)
    assert tuple(unquote(link.url) for link in page.attachments) == tuple(
        f"http://{post.portal}.localhost{unquote(PORTALS[post.portal].file_path(post, name))}"
        for name in post.attachments
    )


@pytest.mark.parametrize("portal", PORTALS)
@pytest.mark.parametrize("post", POSTS, ids=lambda post: post.slug)
def test_served_text_is_canonical_in_every_portal(post, portal):
    moved = type(post)(**{**vars_of(post), "portal": portal})
    assert page_text(read_back(sample_portals([moved])[portal], moved)) == post.text


@pytest.mark.parametrize("portal", PORTALS)
def test_tricky_markup(portal, tmp_path):
    post = tricky(tmp_path, portal)
    served = sample_portals([post])[portal]
    page = read_back(served, post)
    assert page_text(page) == post.text
    assert page.published == "2024-05-03T07:09:00+07:00"
    assert (page.views, page.author, page.source) == (1234, "Nguyễn Thị Thử", "Văn phòng")
    assert [link.url.rsplit("/a%20b.pdf")[0] != link.url for link in page.attachments] == [True]


@pytest.mark.parametrize("portal", PORTALS)
def test_a_list_is_no_post_and_a_post_no_list(portal, tmp_path):
    post = tricky(tmp_path, portal)
    served = sample_portals([post])[portal]
    family = FAMILIES[FAMILY[portal]]
    listing = Page(f"http://{portal}.localhost{served.list_path(ALL, 1)}", list_page(served, ALL, 1))
    address = f"http://{portal}.localhost{served.post_path(post)}"
    assert family.post(listing) is None
    assert family.links(listing).posts == (address,)
    assert family.POST_URL.search(address)
    beside = family.links(Page(address, post_page(served, post))).next
    assert [target for target in beside if not target.key.startswith("feed=")] == []


def test_attachments_exist():
    missing = [name for post in POSTS for name in post.attachments if not (FILES / name).is_file()]
    assert missing == []


def tricky(tmp_path, portal):
    path = tmp_path / portal / "bai-thu.txt"
    path.parent.mkdir(exist_ok=True)
    path.write_text(TRICKY, encoding="utf-8")
    return read_post(path)


def vars_of(post):
    return {name: getattr(post, name) for name in post.__dataclass_fields__}
