"""Proposing a portal's file from one of its pages."""

import pytest

from corpus.sample.portals import ALL, sample_portals
from corpus.sample.posts import load_posts
from corpus.sample.server import running
from crawler.portals import load_portals, read_portal
from crawler.probe import Probe
from crawler.propose import propose, sample_posts, save_proposal
from schema.errors import UserError

PORTALS = sample_portals(load_posts())


@pytest.fixture(scope="module")
def probe():
    with running() as port:
        yield Probe("kehoach-test", via=port, pause=0.0)


@pytest.mark.parametrize("name", PORTALS)
def test_a_list_page_is_enough(name, probe, tmp_path):
    base = f"http://{name}.localhost"
    proposal = propose(base + PORTALS[name].list_path(ALL, 1), probe)
    known = load_portals()[name]
    path = save_proposal(proposal, tmp_path)
    portal = read_portal(path)
    assert (portal.family, portal.home, portal.domains) == (known.family, known.home, known.domains)
    assert set(known.start_urls) <= set(portal.start_urls)
    assert portal.sitemap == f"{base}/sitemap.xml"
    assert set(proposal.posts) <= {base + path for path in PORTALS[name].by_path}
    states = [step.state for step in sample_posts(proposal, probe)]
    assert states == ["ok"] * min(5, len(proposal.posts))


def test_the_home_page_leads_to_the_sections(probe):
    found = propose("http://mau-liferay.localhost/", probe)
    assert "{section: plans, url: " in found.yaml
    assert "{section: direction, url: " in found.yaml


def test_what_is_there_is_not_written_over(probe, tmp_path):
    proposal = propose("http://mau-generic.localhost/", probe)
    path = save_proposal(proposal, tmp_path)
    with pytest.raises(UserError, match="there already"):
        save_proposal(proposal, tmp_path)
    assert path.read_text(encoding="utf-8") == proposal.yaml


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://x.vn/", "not an http"),
        ("http://mau-liferay.localhost/khong-co", "http_4xx"),
        ("http://mau-liferay.localhost/admin/", "robots.txt closes"),
        ("http://mau-liferay.localhost/robots.txt", "no posts found"),
    ],
)
def test_what_cannot_be_proposed(probe, url, words):
    with pytest.raises(UserError, match=words):
        propose(url, probe)
