"""WordPress: ``article .entry-content``, ``/page/2/``; small units of provinces run it."""

import re

from crawler.families.skin import Skin

WORDPRESS = Skin(
    FINGERPRINTS=(
        "meta[name=generator][content*='WordPress']",
        "link[rel='https://api.w.org/']",
        "link[href*='/wp-includes/']",
        "link[href*='/wp-content/themes/']",
    ),
    POST_URL=re.compile(r"^https?://[^/]+/(?!(?:category|tag|author|page|wp-[a-z]+|feed)/)(?:[^?]+/)?[^/?]*-[^/?]+/?$"),
    listed=(
        "article h2 a[rel=bookmark], article h3 a[rel=bookmark], article .entry-title a[href],"
        " .post .entry-title a[href], h2.entry-title a[href], h3.entry-title a[href], .wp-block-post-title a[href]"
    ),
    pager="a.page-numbers[href], .nav-previous a[href], a.next[href], .wp-block-query-pagination a[href]",
    page_number=re.compile(r"(?:/page/|[?&]paged=)(\d+)"),
    title=("h1.entry-title", "h1.wp-block-post-title", ".single h1", "article h1", "h1"),
    body=("article .entry-content", ".entry-content", ".post-content", ".wp-block-post-content"),
    date=(
        "meta[property='article:published_time']",
        "time.entry-date.published",
        "time.entry-date",
        "article time[datetime]",
        ".posted-on",
    ),
    about=(".byline", ".entry-meta", ".post-views", ".entry-source"),
    files=(".wp-block-file", ".entry-attachments"),
    furniture=(".sharedaddy", ".post-views", ".wp-block-buttons", "nav", ".navigation"),
)
