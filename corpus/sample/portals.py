"""The sample portals: the addresses and page sizes of each, in the shape of its software."""

import hashlib
import re
import unicodedata
import uuid
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from corpus.sample.body import Lists, quoted
from corpus.sample.posts import SamplePost

CATEGORY = 53960
ALL = "tin-tuc-su-kien"
LIFERAY_PORTLET = "101_INSTANCE_ab12"

ListPath = Callable[[str, int], str]
"""(section, page) to the path of a list page."""
PostPath = Callable[[SamplePost], str]
FilePath = Callable[[SamplePost, str], str]


def slugify(name: str) -> str:
    """A Vietnamese name as a path segment: letters without marks, joined by hyphens."""
    plain = unicodedata.normalize("NFD", name.replace("Đ", "D").replace("đ", "d"))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "khac"


def number(post: SamplePost) -> int:
    """A stable number for a post, as the portals' databases give."""
    return 100_000 + zlib.crc32(f"{post.portal}/{post.slug}".encode()) % 900_000


def etag(post: SamplePost) -> str:
    """Changes when the post does, and only then: counters and clocks around it do not count."""
    return f'"{hashlib.sha256(repr(post).encode()).hexdigest()[:20]}"'


@dataclass(frozen=True)
class SamplePortal:
    """One sample portal: its posts, newest first, and where its pages stand."""

    id: str
    name: str
    template: str
    page_size: int
    lists: Lists
    all_posts: tuple[SamplePost, ...]
    list_path: ListPath
    post_path: PostPath
    file_path: FilePath

    @cached_property
    def sections(self) -> dict[str, str]:
        """Slug → name of the sections that hold posts."""
        return {slugify(post.section): post.section for post in self.all_posts}

    @cached_property
    def by_path(self) -> dict[str, SamplePost]:
        """Post by the path of its page."""
        return {self.post_path(post): post for post in self.all_posts}

    @cached_property
    def files(self) -> dict[str, str]:
        """File name by the path of its download."""
        return {self.file_path(post, name): name for post in self.all_posts for name in post.attachments}

    def posts(self, section: str) -> list[SamplePost]:
        """A section's posts, newest first; every post for the section `ALL`."""
        return [post for post in self.all_posts if section in (ALL, slugify(post.section))]

    def pages(self, section: str) -> int:
        """How many list pages a section fills."""
        return max(1, -(-len(self.posts(section)) // self.page_size))

    def page(self, section: str, page: int) -> list[SamplePost]:
        """The posts of one list page, counted from 1."""
        return self.posts(section)[(page - 1) * self.page_size : page * self.page_size]


def sample_portals(posts: list[SamplePost]) -> dict[str, SamplePortal]:
    """The sample portals by id, with the posts that are theirs."""

    def mine(portal: str) -> tuple[SamplePost, ...]:
        found = [post for post in posts if post.portal == portal]
        return tuple(sorted(found, key=lambda post: (post.published, post.slug), reverse=True))

    kinds: tuple[tuple[str, str, str, int, Lists, ListPath, PostPath, FilePath], ...] = (
        ("mau-uiarticle", "Cổng mẫu UIArticle", "uiarticle", 2, "typed", _uiarticle_list, _uiarticle_post, _upload),
        ("mau-uiarticle-post", "Cổng mẫu UIArticle mới", "uiarticle", 5, "mixed", _new_list, _new_post, _upload),
        ("mau-tandan", "Cổng mẫu Tân Dân", "tandan", 4, "mixed", _tandan_list, _tandan_post, _tandan_file),
        ("mau-liferay", "Cổng mẫu Liferay", "liferay", 4, "ul", _liferay_list, _liferay_post, _liferay_file),
        ("mau-nukeviet", "Cổng mẫu NukeViet", "nukeviet", 5, "ul", _nukeviet_list, _nukeviet_post, _nukeviet_file),
        ("mau-sharepoint", "Cổng mẫu SharePoint", "sharepoint", 1, "mixed", _item_list, _item, _item_file),
        ("mau-dnn", "Cổng mẫu DotNetNuke", "dnn", 1, "typed", _dnn_list, _dnn_post, _dnn_file),
        ("mau-vgp", "Cổng mẫu VGP", "vgp", 1, "ul", _vgp_list, _vgp_post, _upload),
        (
            "mau-wordpress",
            "Cổng mẫu WordPress",
            "wordpress",
            1,
            "ul",
            _wordpress_list,
            _wordpress_post,
            _wordpress_file,
        ),
        ("mau-generic", "Cổng mẫu không rõ phần mềm", "generic", 1, "mixed", _plain_list, _plain_post, _upload),
    )
    return {
        id_: SamplePortal(id_, name, template, size, lists, mine(id_), list_path, post_path, file_path)
        for id_, name, template, size, lists, list_path, post_path, file_path in kinds
    }


def _uiarticle_list(section: str, page: int) -> str:
    return f"/mau/1282/30591/{CATEGORY}/{section}.aspx"


def _uiarticle_post(post: SamplePost) -> str:
    return f"/mau/1282/30591/{CATEGORY}/{number(post)}/{slugify(post.section)}/{post.slug}.aspx"


def _upload(post: SamplePost, name: str) -> str:
    return f"/upload/{number(post)}/{quoted(name)}"


def _new_list(section: str, page: int) -> str:
    return f"/{section}"


def _new_post(post: SamplePost) -> str:
    return f"/{slugify(post.section)}/{post.slug}-{number(post)}"


def _tandan_list(section: str, page: int) -> str:
    return f"/portal/Pages/{section}.aspx" + (f"?PageIndex={page}" if page > 1 else "")


def _tandan_post(post: SamplePost) -> str:
    day = f"{post.published.year}-{post.published.month}-{post.published.day}"
    return f"/portal/Pages/{day}/{post.slug[:60].rstrip('-')}{number(post):x}.aspx"


def _tandan_file(post: SamplePost, name: str) -> str:
    return f"/portal/VanBan/{number(post):x}/{quoted(name)}"


def _liferay_list(section: str, page: int) -> str:
    query = urlencode(
        [
            ("p_p_id", LIFERAY_PORTLET),
            ("p_p_lifecycle", "0"),
            (f"_{LIFERAY_PORTLET}_delta", "4"),
            (f"_{LIFERAY_PORTLET}_cur", str(page)),
        ]
    )
    return f"/web/guest/{section}" + (f"?{query}" if page > 1 else "")


def _liferay_post(post: SamplePost) -> str:
    return f"/web/guest/-/{post.slug}"


def _liferay_file(post: SamplePost, name: str) -> str:
    return f"/documents/20182/{number(post)}/{quoted(name)}/{uuid.uuid5(uuid.NAMESPACE_URL, name)}"


def _nukeviet_list(section: str, page: int) -> str:
    return f"/vi/news/{section}/" + (f"page-{page}/" if page > 1 else "")


def _nukeviet_post(post: SamplePost) -> str:
    return f"/vi/news/{slugify(post.section)}/{post.slug}-{number(post)}.html"


def _nukeviet_file(post: SamplePost, name: str) -> str:
    return f"/vi/news/download/{number(post)}/{quoted(name)}"


def _item_list(section: str, page: int) -> str:
    return f"/ct/cms/tintuc/Lists/{section}/View_list.aspx"


def _item(post: SamplePost) -> str:
    return f"/ct/cms/tintuc/Lists/{slugify(post.section)}/View_detail.aspx?ItemID={number(post)}"


def _item_file(post: SamplePost, name: str) -> str:
    return f"/ct/cms/tintuc/Lists/Attachments/{number(post)}/{quoted(name)}"


def _dnn_list(section: str, page: int) -> str:
    return f"/vi-vn/{section}"


def _dnn_post(post: SamplePost) -> str:
    guid, category = (uuid.uuid5(uuid.NAMESPACE_URL, name) for name in (post.slug, post.section))
    return f"/vi-vn/{slugify(post.section)}/tid/{post.slug}/newsid/{guid}/cid/{category}"


def _dnn_file(post: SamplePost, name: str) -> str:
    return f"/Portals/0/Medias/{number(post)}/{quoted(name)}"


def _vgp_list(section: str, page: int) -> str:
    return f"/{section}.htm"


def _vgp_post(post: SamplePost) -> str:
    return f"/{slugify(post.section)}/{post.slug}-{post.published:%y%m%d%H%M}{number(post):08}.htm"


def _wordpress_list(section: str, page: int) -> str:
    return f"/category/{section}/" + (f"page/{page}/" if page > 1 else "")


def _wordpress_post(post: SamplePost) -> str:
    return f"/{post.published:%Y/%m}/{post.slug}/"


def _wordpress_file(post: SamplePost, name: str) -> str:
    return f"/wp-content/uploads/{post.published:%Y/%m}/{quoted(name)}"


def _plain_list(section: str, page: int) -> str:
    return f"/danh-muc/{section}" + (f"?trang={page}" if page > 1 else "")


def _plain_post(post: SamplePost) -> str:
    return f"/chi-tiet/{post.slug}-{number(post)}.html"
