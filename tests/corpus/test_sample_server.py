"""The sample server behaves as a real one: conditional answers, moving counters, pagers that lead everywhere."""

import http.client
import re
from urllib.parse import urlencode, urlsplit

import pytest

from corpus.sample.portals import ALL, sample_portals
from corpus.sample.posts import load_posts
from corpus.sample.server import running
from crawler.families import FAMILIES
from crawler.families.shared import Page
from schema.errors import UserError

POSTS = """\
id: {number}
title: Tin số {number}
published: 2024-05-{number:02} 07:09
section: Tin tức
{more}
Nội dung tin số {number}.
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A server with 23 posts on each portal, and its portals."""
    folder, files = tmp_path_factory.mktemp("posts"), tmp_path_factory.mktemp("files")
    (files / "a b.pdf").write_bytes(b"%PDF-1.4")
    for portal in sample_portals([]):
        (folder / portal).mkdir()
        for number in range(1, 24):
            more = "attachments: a b.pdf\n" if number == 1 else ""
            text = POSTS.format(number=number, more=more)
            (folder / portal / f"tin-so-{number}.txt").write_text(text, encoding="utf-8")
    with running(folder, files) as port:
        yield port, sample_portals(load_posts(folder))


def ask(port, url, method="GET", body=None, proxied=False, **headers):
    parts = urlsplit(url)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    target = url if proxied else parts.path + (f"?{parts.query}" if parts.query else "")
    if method == "POST":
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request(method, target, body, {"Host": parts.netloc, **headers})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer, content


@pytest.mark.parametrize("portal", sample_portals([]))
def test_paging_leads_to_every_post(served, portal):
    port, portals = served
    base = f"http://{portal}.localhost"
    waiting, seen, found = [(base + portals[portal].list_path(ALL, 1), "GET", "", "")], set(), []
    while waiting:
        url, method, body, key = waiting.pop(0)
        answer, content = ask(port, url, method, body or None)
        assert answer.status == 200
        page = Page(url, content.decode())
        links = FAMILIES[portals[portal].template].links(page)
        assert links.posts or links.end, (url, key)
        if key.startswith("feed="):
            assert set(links.posts) <= {base + path for path in portals[portal].by_path}
        else:
            found += links.posts
        for target in links.next:
            if target.key not in seen:
                seen.add(target.key)
                waiting.append((target.url, target.method, target.body, target.key))
    assert sorted(found) == sorted(base + path for path in portals[portal].by_path)


@pytest.mark.parametrize("portal", sample_portals([]))
def test_posts_and_files_answer_not_modified(served, portal):
    port, portals = served
    base = f"http://{portal}.localhost"
    for path in (next(iter(portals[portal].by_path)), next(iter(portals[portal].files))):
        answer, content = ask(port, base + path)
        assert (answer.status, bool(content)) == (200, True)
        answer, content = ask(port, base + path, **{"If-None-Match": answer.headers["ETag"]})
        assert (answer.status, content) == (304, b"")
        assert ask(port, base + path, **{"If-None-Match": '"other"'})[0].status == 200


@pytest.mark.parametrize("portal", sample_portals([]))
def test_counters_move_and_nothing_else(served, portal):
    port, portals = served
    url = f"http://{portal}.localhost{next(iter(portals[portal].by_path))}"
    first, second = (ask(port, url)[1].decode() for _ in range(2))
    assert first != second
    bare = [re.sub(r'value="[^"]*"|\d+', "0", page) for page in (first, second)]
    assert re.sub(r"Thứ \w+|Chủ nhật", "", bare[0]) == re.sub(r"Thứ \w+|Chủ nhật", "", bare[1])


def test_it_answers_as_a_proxy_too(served):
    port, _ = served
    answer, content = ask(port, "http://mau-tandan.localhost/robots.txt", proxied=True)
    assert answer.status == 200
    assert b"Crawl-delay: 0.05" in content
    assert b"Sitemap: http://mau-tandan.localhost/sitemap.xml" in content


def test_sitemap_names_every_post(served):
    port, portals = served
    content = ask(port, "http://mau-nukeviet.localhost/sitemap.xml")[1].decode()
    assert all(path in content for path in portals["mau-nukeviet"].by_path)


def test_what_is_not_there_is_not_found(served):
    port, _ = served
    assert ask(port, "http://mau-liferay.localhost/web/guest/-/khong-co")[0].status == 404
    assert ask(port, "http://mau-liferay.localhost/x", "POST", urlencode({"page": "²"}))[0].status == 404


def test_a_port_in_use_is_one_clear_line(served):
    with pytest.raises(UserError, match=f"port {served[0]} .* cannot be used"), running(port=served[0]):
        pass
