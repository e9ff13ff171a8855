"""The sample portals' pages: list pages with paging, post pages, fragments, robots.txt and sitemaps.

Around every post stands what real portals put there: menus, today's clock, counters that differ on every request,
related posts, a licence number in the footer.
"""

import base64
import itertools
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path
from xml.sax.saxutils import escape

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from corpus.sample.body import body_html
from corpus.sample.portals import ALL, CATEGORY, SamplePortal
from corpus.sample.posts import SamplePost

TEMPLATES = Path(__file__).parent / "templates"
WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
CRAWL_DELAY = 0.05  # seconds; small, so that the sample crawl stays short, and obeyed all the same

WINDOW = 5  # page numbers a post-back pager shows at a time
VIETNAM = timezone(timedelta(hours=7))

_environment = Environment(
    loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)
_visits = itertools.count(1)


def list_page(portal: SamplePortal, section: str, page: int) -> str:
    """One list page of a section (slug), counted from 1."""
    return _render(
        f"{portal.template}_list.html",
        portal,
        section=section,
        page=page,
        pages=portal.pages(section),
        posts=portal.page(section, page),
        title=portal.sections.get(section, "Tin tức"),
        here=portal.list_path(section, 1),
        category=CATEGORY,
        window=WINDOW,
    )


def fragment(portal: SamplePortal, page: int, section: str = ALL) -> str:
    """The answer to a paging POST: list items without a page around them."""
    template = _environment.get_template(f"{portal.template}_fragment.html")
    return template.render(portal=portal, posts=portal.page(section, page), online=next(_visits) % 17 + 3)


def post_page(portal: SamplePortal, post: SamplePost) -> str:
    """The page of one post."""
    return _render(
        f"{portal.template}_post.html",
        portal,
        post=post,
        title=post.title,
        here=portal.post_path(post),
        weekday=WEEKDAYS[post.published.weekday()],
        body=body_html(post, portal.lists, lambda name: portal.file_path(post, name)),
        related=[other for other in portal.all_posts if other is not post][:5],
    )


def robots(base: str) -> str:
    """robots.txt: everything but the administration, slowly."""
    return f"User-agent: *\nDisallow: /admin/\nCrawl-delay: {CRAWL_DELAY}\nSitemap: {base}/sitemap.xml\n"


def sitemap(portal: SamplePortal, base: str) -> str:
    """sitemap.xml with every post."""
    urls = "".join(
        f"<url><loc>{escape(base + portal.post_path(post))}</loc><lastmod>{post.published:%Y-%m-%d}</lastmod></url>\n"
        for post in portal.all_posts
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}</urlset>\n'
    )


def feed(portal: SamplePortal, base: str) -> str:
    """An RSS feed of the newest posts."""
    items = "".join(
        f"<item><title>{escape(post.title)}</title><link>{escape(base + portal.post_path(post))}</link>"
        f"<pubDate>{format_datetime(post.published.replace(tzinfo=VIETNAM))}</pubDate></item>\n"
        for post in portal.all_posts[:20]
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>'
        f"<title>{escape(portal.name)}</title><link>{base}/</link><description>Tin</description>\n{items}</channel></rss>\n"
    )


def page_of_state(state: str) -> int:
    """The page whose form held this view state; 1 when it is none of ours."""
    try:
        return int(base64.b64decode(state, validate=True).split()[0])
    except (ValueError, IndexError):
        return 1


def _render(template: str, portal: SamplePortal, **values: object) -> str:
    visit, now = next(_visits), datetime.now(VIETNAM)
    return _environment.get_template(template).render(
        portal=portal,
        clock=f"{WEEKDAYS[now.weekday()]}, {now:%d/%m/%Y %H:%M:%S}",
        state=base64.b64encode(f"{values.get('page', 1)} {visit} {now.isoformat()}".encode()).decode(),
        online=visit % 17 + 3,
        today=600 + visit,
        total=f"{869_673 + visit:,}".replace(",", " "),
        **values,
    )
