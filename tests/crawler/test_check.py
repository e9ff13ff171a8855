"""Trying portals: each fault is named with what to do about it, and a good portal passes every step."""

import contextlib
import http.server
import socket
import ssl
import threading

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse
from starlette.routing import Route

from corpus.sample.portals import sample_portals
from corpus.sample.server import Proxied, running, serving
from crawler.check import check
from crawler.families.shared import Target
from crawler.outcomes import MEANINGS
from crawler.portals import Tls, load_portals, read_portal
from crawler.probe import Probe, Unreachable, tls_context
from tests.crawler.test_tls import port as self_signed  # noqa: F401 - a fixture

PORTAL = """\
id: thu
publisher: Cổng thử
publisher_en: Trial
family: {family}
home: {home}
start:
  - {{section: news, url: {start}}}
domains: [{domain}]
status: sample
licence: none
"""
LIST = '<div class="portlet-asset-publisher">{items}{pager}</div>'
ITEM = '<div class="asset-abstract"><h3 class="asset-title"><a href="{path}">Tin</a></h3></div>'
PAGER = '<ul class="lfr-pagination-buttons"><li><a href="?p_cur=2">Tiếp</a></li></ul>'
ARTICLE = (
    '<div class="portlet-asset-publisher"><div class="title-news"><h1>Tên bài</h1></div><div class="date">{date}</div>'
    '<div class="journal-content-article"><p>{body}</p></div></div>'
)
CHALLENGE = '<script>document.cookie="D1N=1";window.location.reload(true)</script>'


def listing(*paths, pager=""):
    return HTMLResponse(LIST.format(items="".join(ITEM.format(path=path) for path in paths), pager=pager))


PAGES = {
    "/robots.txt": PlainTextResponse("User-agent: *\nDisallow: /kin\nSitemap: http://thu.localhost/sitemap.xml\n"),
    "/tot": listing("/-/bai-mot", "/-/bai-hai", pager=PAGER),
    "/mot-trang": listing("/-/bai-mot"),
    "/lap": listing("/-/bai-mot", pager=PAGER),
    "/khong-ngay": listing("/-/khong-ngay"),
    "/rong": listing("/-/rong"),
    "/chan": listing("/-/chan"),
    "/ngoai": listing("http://khac.localhost/-/bai-ngoai"),
    "/khac-phan-mem": HTMLResponse('<div class="news_column"><h3><a href="/vi/news/a/bai-12.html">Bài</a></h3></div>'),
    "/trong": HTMLResponse("<html><body><p>Đang xây dựng</p></body></html>"),
    "/loi": HTMLResponse("<html><head><title>Không tìm thấy trang</title></head><body></body></html>"),
    "/mat": HTMLResponse("mất", status_code=404),
    "/hong": HTMLResponse("hỏng", status_code=500),
    "/di": RedirectResponse("http://khac.localhost/tin"),
    "/vong": RedirectResponse("/vong"),
    "/-/bai-mot": HTMLResponse(ARTICLE.format(date="31/01/2020", body="Nội dung.")),
    "/-/bai-hai": HTMLResponse(ARTICLE.format(date="31/01/2020", body="Nội dung.")),
    "/-/bai-ba": HTMLResponse(ARTICLE.format(date="31/01/2020", body="Nội dung.")),
    "/-/khong-ngay": HTMLResponse(ARTICLE.format(date="vừa xong", body="Nội dung.")),
    "/-/rong": HTMLResponse("<p>Không có gì</p>"),
    "/-/chan": HTMLResponse(CHALLENGE),
}


async def answer(request):
    path = request.url.path
    if path == "/tot" and request.query_params.get("p_cur"):
        return listing("/-/bai-ba")
    return PAGES.get(path) or HTMLResponse("?", status_code=404)


@pytest.fixture(scope="module")
def faulty():
    """A probe for a server with a page for each fault."""
    app = Proxied(Starlette(routes=[Route("/{path:path}", answer, methods=["GET", "POST"])]))
    with serving(app) as port:
        yield Probe("kehoach-test", via=port, pause=0.0)


def portal(tmp_path, start="/tot", home="http://thu.localhost/", domain="thu.localhost", family="liferay"):
    path = tmp_path / "thu.yaml"
    path.write_text(PORTAL.format(start=start, home=home, domain=domain, family=family), encoding="utf-8")
    return read_portal(path)


def steps(portal, probe):
    return {step.name: step for step in check(portal, probe)}


@pytest.mark.parametrize("name", sample_portals([]))
def test_the_sample_portals_pass(name):
    with running() as port:
        found = list(check(load_portals()[name], Probe("kehoach-test", via=port, pause=0.0)))
    assert {step.state for step in found} == {"ok"}, [line for step in found for line in step.lines()]
    assert {"DNS", "robots.txt", "list page", "paging", "post"} == {step.name for step in found}


def test_a_good_portal_is_told_of_its_sitemap(tmp_path, faulty):
    found = steps(portal(tmp_path), faulty)
    assert {name: step.state for name, step in found.items()} == {
        "DNS": "ok",
        "robots.txt": "ok",
        "sitemap": "warn",
        "list page": "ok",
        "paging": "ok",
        "post": "ok",
    }
    assert found["sitemap"].fix == "add it to the file: sitemap: http://thu.localhost/sitemap.xml"
    assert found["post"].detail.startswith("2020-01-31 | Tên bài | 9 characters")


@pytest.mark.parametrize(
    ("start", "step", "state", "detail", "fix"),
    [
        ("/kin", "robots.txt", "FAIL", "closes http://thu.localhost/kin", MEANINGS["robots"]),
        ("/mat", "list page", "FAIL", "http_4xx", MEANINGS["http_4xx"]),
        ("/hong", "list page", "FAIL", "http_5xx", MEANINGS["http_5xx"]),
        ("/vong", "list page", "FAIL", "loop", MEANINGS["loop"]),
        ("/di", "list page", "FAIL", "off_portal", MEANINGS["off_portal"]),
        ("/-/chan", "list page", "FAIL", "challenge", MEANINGS["challenge"]),
        ("/loi", "list page", "FAIL", "error_page", MEANINGS["error_page"]),
        ("/trong", "list page", "FAIL", "empty", "take the address of a list of posts"),
        ("/-/bai-mot", "list page", "FAIL", "empty", "a post, not a list"),
        ("/khac-phan-mem", "list page", "FAIL", "empty", "family: nukeviet"),
        ("/ngoai", "list page", "warn", "1 outside", "khac.localhost"),
        ("/mot-trang", "paging", "warn", "no further pages", "has a page 2"),
        ("/lap", "paging", "FAIL", "no other posts", MEANINGS["empty"]),
        ("/khong-ngay", "post", "warn", "no date", "no date found"),
        ("/rong", "post", "FAIL", "no_post", MEANINGS["no_post"]),
        ("/chan", "post", "FAIL", "challenge", MEANINGS["challenge"]),
    ],
)
def test_each_fault_is_named_with_what_to_do(tmp_path, faulty, start, step, state, detail, fix):
    found = steps(portal(tmp_path, start), faulty)[step]
    assert found.state == state
    assert detail in found.detail
    assert fix in found.fix


@contextlib.contextmanager
def raw(reply):
    """A server that answers everything with the same bytes."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve():
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listening.accept()
                with connection:
                    connection.recv(4096)
                    connection.sendall(reply)

    threading.Thread(target=serve, daemon=True).start()
    yield listening.getsockname()[1]
    listening.close()


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (b"", "reset"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nabc", "truncated"),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc", "decode"),
        (b"HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n", "robots_unreachable"),
        (b"no http at all\r\n\r\n", "reset"),
    ],
)
def test_a_broken_server(tmp_path, reply, outcome):
    with raw(reply) as port:
        home = f"http://localhost:{port}/"
        found = list(check(portal(tmp_path, "/", home, "localhost"), Probe("t", pause=0.0, loopback=True)))
    assert (found[-1].state, found[-1].fix) == ("FAIL", MEANINGS[outcome])
    assert found[-1].detail.startswith(f"{outcome}: ")


def test_a_closed_port_and_a_slow_server(tmp_path):
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as silent:
        slow = Probe("t", pause=0.0, loopback=True, timeout=0.2)
        home = f"http://localhost:{silent.getsockname()[1]}/"
        assert list(check(portal(tmp_path, "/", home, "localhost"), slow))[-1].detail.startswith("timeout: ")
    assert list(check(portal(tmp_path, "/", home, "localhost"), slow))[-1].detail.startswith("refused: ")


def test_names_that_lead_nowhere_or_inside(tmp_path, monkeypatch):
    probe = Probe("t", pause=0.0)
    with pytest.raises(Unreachable) as caught:
        probe.addresses("localhost")
    assert caught.value.outcome == "private"
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: (_ for _ in ()).throw(socket.gaierror(-2, "unknown")))
    (step,) = check(portal(tmp_path, "/", "http://thu.gov.vn/", "thu.gov.vn"), probe)
    assert step.detail.startswith("dns_gone: thu.gov.vn")
    assert step.fix == MEANINGS["dns_gone"]


def test_a_certificate_nobody_vouches_for(tmp_path, self_signed):  # noqa: F811
    found = list(
        check(portal(tmp_path, "/", f"https://localhost:{self_signed}/", "localhost"), Probe("t", loopback=True))
    )
    assert [(step.name, step.state) for step in found] == [("DNS", "ok"), ("TLS", "FAIL"), ("server", "FAIL")]
    assert found[1].detail.startswith("tls_chain: self-signed certificate")
    assert found[1].fix == MEANINGS["tls_chain"]


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_old_tls_is_conceded_but_never_an_unverified_certificate(tmp_path, self_signed):  # noqa: F811
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    context.load_cert_chain(tmp_path / "server.pem")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), http.server.SimpleHTTPRequestHandler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    home = f"https://localhost:{server.server_address[1]}/"
    found = [
        {
            step.name: step
            for step in check(portal(tmp_path, "/", home, "localhost"), Probe("t", loopback=True, context=c))
        }
        for c in (tls_context(Tls()), tls_context(Tls(old=True)))
    ]
    server.shutdown()
    server.server_close()
    assert found[0]["TLS"].detail.startswith("tls_old: ")
    assert found[0]["TLS"].fix == MEANINGS["tls_old"]
    assert found[1]["TLS"].detail.startswith("tls_chain: self-signed certificate")


def test_requests_keep_their_distance(faulty):
    probe = Probe("t", via=faulty.via, pause=0.15)
    probe.get(Target("http://thu.localhost/tot"))
    first = probe._last
    probe.get(Target("http://thu.localhost/tot"))
    assert probe._last - first >= 0.15
