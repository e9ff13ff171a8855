"""Portals with software of their own, each a `Skin`: selectors as seen in stored pages and readers of them."""

import re

from crawler.families.skin import Skin

HATINH = Skin(
    FINGERPRINTS=(".detail-content-lead", ".detail-title ~ .detail-content"),
    POST_URL=re.compile(r"/bai-viet/[^/?]+/?$"),
    listed="a[href*='/bai-viet/']",
    pager="a[href*='page=']",
    page_number=re.compile(r"[?&]page=(\d+)"),
    title=(".detail-title", "h1"),
    body=(".detail-content",),
    date=(".time", ".detail-time"),
    summary=(".detail-content-lead",),
    furniture=(".detail-content-lead",),
    tail=True,
)
"""hatinh.gov.vn: lists ``/vi/chuyen-muc/…?page=2``, posts ``/bai-viet/…``, "Đăng tải: …"."""

GIALAI = Skin(
    FINGERPRINTS=("a.article-title.common-title", "h1.title-detail"),
    POST_URL=re.compile(r"/[^/?]+-[^/?]+-[^/?]+(?:\.html?)?$"),
    listed="a.article-title.common-title[href]",
    pager=".wrapper-pagination a[href]",
    page_number=re.compile(r"(?:[?&/-](?:page|trang|p)[=/-])(\d+)"),
    title=("h1.title-detail",),
    body=(".article-content",),
    date=(".post-date",),
    summary=(".article-brief",),
    about=(".article-author", ".article-source", ".article-view"),
    files=(".article-files", ".attachments"),
)
"""gialai.gov.vn: ``h1.title-detail``, ``.article-content``, paged by ``.wrapper-pagination a.next-pages``."""

LIST_TYPES = Skin(
    FINGERPRINTS=(
        "section[class*='Article-Detail-']",
        "article[class*='detailType'].Article-News",
        "[class*='news-listType']",
    ),
    POST_URL=re.compile(r"(?:-\d{3,}(?:\.html?)?|/[^/?]+-[^/?]+-[^/?]+\.html?)$"),
    listed=(
        "section[class*='Article-Detail-list'] article a[href]:has(h2, h3, h4),"
        " section[class*='Article-Detail-list'] :is(h2, h3, h4) a[href], section.section-list h4.entry-title a[href],"
        " [class*='title-news-listType'] h2 a[href], [class*='title-news-listType'] a[href]"
    ),
    pager="ul.pagination a[href], .pagination a[href], .paging a[href]",
    page_number=re.compile(r"(?:[?&/-](?:page|trang|p)[=/-]?)(\d+)", re.IGNORECASE),
    title=("article[class*='detailType'] h1", "h1.entry-title", ".Article-Detail-default h1"),
    body=(
        "article[class*='detailType'] .entry-content",
        "article[class*='detailType'] .post-content",
        ".Article-Detail-default .content-detail",
        ".Article-Detail-default .entry-content",
    ),
    date=("article[class*='detailType'] time.post-date", "time.post-date", "span.time-news"),
    summary=(".entry-summary", ".post-summary"),
    about=(".post-author", ".post-source", ".post-view"),
    files=(".post-files", ".attachments"),
)
"""Portals with ``section.Article-Detail-…`` and ``div.news-listType…`` (vendor unknown)."""
