"""Small portals that misbehave, each in its own way; run as a crawl of all of them with ``python -m``."""

import gzip
import json
import sys
from pathlib import Path

from crawler.run import Options, crawl
from tests.crawler.loopback import PORTAL, Answer, Server, article, html, listing, moved

LIVE = PORTAL.replace("status: sample", "status: untried").replace("http://{name}.localhost/", "{home}").replace(
    "domains: [{name}.localhost]", "domains: [{host}]"
)  # fmt: skip
MORE = {
    "sound": "",
    "robots404": "",
    "robots500": "",
    "robots_busy": "",
    "robots_torn": "",
    "robots_reset": "",
    "closed": "",
    "slow": "",
    "wander": "",
    "faulty": "manners: {megabytes: 1}\nfile_hosts: [files.localhost]",
    "dripping": "manners: {timeout: 4}",
    "silent": "manners: {timeout: 4}",
    "endless": "",
    "calendar": "",
    "ever_new": "manners: {pages: 12}",
    "doubles": "",
    "checked": "",
    "broken": "",
    "gone_lists": "",
    "patience": "",
    "impatient": "",
    "few_requests": "manners: {requests: 6}",
}
GOOD = [f"/good{number}" for number in range(20)]
GZIPPED = gzip.compress(article("packed").encode() * 50)
ANSWERS = {
    "/challenge": html('<script>document.cookie="D1N=1";window.location.reload(true)</script>'),
    "/challenge_cf": html("<title>Just a moment...</title><div class=cf-browser-verification></div>"),
    "/login": html("<title>Đăng nhập hệ thống</title><form><input type=password></form>"),
    "/error200": html('<div id="portlet_status"><h3 class="alert alert-error">Không tìm thấy</h3></div>'),
    "/error_iis": html("<title>Runtime Error</title><h1>Server Error in '/' Application.</h1>"),
    "/missing": html("gone", status="404 Not Found"),
    "/removed": html("gone", status="410 Gone"),
    "/forbidden": html("no", status="403 Forbidden"),
    "/broken": html("broken", status="500 Internal Server Error"),
    "/busy": html("busy", status="503 Service Unavailable", headers={"Retry-After": "0"}),
    "/too_many": html("slow down", status="429 Too Many Requests", headers={"Retry-After": "0"}),
    "/loop": moved("/loop"),
    "/ping": moved("/pong"),
    "/pong": moved("/ping"),
    "/nowhere": Answer(status="302 Found"),
    "/reset": Answer(raw=b""),
    "/reset_head": Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Ty"),
    "/no_http": Answer(raw=b"SSH-2.0-OpenSSH_9.6\r\n\r\n"),
    "/truncated": html(article("torn"), headers={"Content-Length": "90000"}, cut=True),
    "/torn_chunks": Answer(
        raw=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n50\r\n<p>half"
    ),
    "/torn_gzip": html(GZIPPED[:-20], headers={"Content-Encoding": "gzip"}),
    "/false_gzip": html(article("plain"), headers={"Content-Encoding": "gzip"}),
    "/packed": html(GZIPPED, headers={"Content-Encoding": "gzip"}),
    "/bomb": html(gzip.compress(b" " * (8 << 20)), headers={"Content-Encoding": "gzip"}),
    "/large": html("", headers={"Content-Length": str(200 << 20)}, endless=3200),
    "/large_unsaid": Answer(
        raw=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n" + b"x" * (4 << 20)
    ),
    "/file_for_page": Answer(b"%PDF-1.4 not a page", headers={"Content-Type": "application/pdf"}),
    "/file_as_page": html(b"%PDF-1.4 \x80\x81\x82"),
    "/noise": html(bytes(range(256)) * 40),
    "/nothing": html(""),
    "/wrong_charset": html(article("Đắk Lắk", "Kế hoạch"), headers={"Content-Type": "text/html; charset=iso-8859-1"}),
    "/deep": html("<div>" * 20_000),
    "/files": html(
        article(
            "files",
            extra='<a href="/f/ok.pdf">a</a><a href="/f/missing.pdf">b</a><a href="/f/page.pdf">c</a>'
            '<a href="http://files.localhost/f/d.pdf">d</a><a href="http://elsewhere.localhost/f/e.pdf">e</a>',
        )
    ),
    "/f/ok.pdf": Answer(b"%PDF-1.4 ok", headers={"Content-Type": "application/pdf"}),
    "/f/d.pdf": Answer(b"%PDF-1.4 d", headers={"Content-Type": "application/pdf"}),
    "/f/missing.pdf": html("no", status="404 Not Found"),
    "/f/page.pdf": html("<title>404 - Không tìm thấy</title>"),
    "/away": moved("http://elsewhere.localhost/a"),
    "/inwards": moved("http://127.0.0.1:9/a"),
    "/metadata": moved("http://169.254.169.254/latest"),
    "/moved": moved("/arrived"),
    "/far": moved("file:///etc/passwd"),
}
ROBOTS = {
    "robots500": html("no", status="500 Internal Server Error"),
    "robots404": html("no", status="404 Not Found"),
    "robots_busy": html("no", status="429 Too Many Requests", headers={"Retry-After": "0"}),
    "robots_torn": html(gzip.compress(b"User-agent: *\nDisallow: /\n")[:-9], headers={"Content-Encoding": "gzip"}),
    "robots_reset": Answer(raw=b""),
    "closed": html("User-agent: *\nDisallow: /secret\n"),
    "slow": html("User-agent: *\nCrawl-delay: 1\n"),
}
FAULTS = [
    path
    for path in ANSWERS
    if not path.startswith(("/f/", "/away", "/inwards", "/metadata", "/moved", "/far", "/pong"))
]


def answer(asked):
    if asked.path == "/robots.txt":
        return ROBOTS.get(asked.portal, html("User-agent: *\nAllow: /\n"))
    if asked.path == "/list":
        return lists(asked.portal, int(asked.query.get("p_cur", ["1"])[0]), asked.times)
    if asked.portal == "dripping" and asked.path == "/drip":
        return html(article("drip"), drip=0.2)
    if asked.portal == "silent" and asked.path == "/silent":
        return Answer(silent=True)
    if asked.portal == "broken":
        return ANSWERS["/broken"]
    if asked.portal == "checked":
        return ANSWERS["/challenge"]
    if asked.portal == "patience" and asked.path == "/a" and asked.times == 1:
        return html("wait", status="503 Service Unavailable", headers={"Retry-After": "1"})
    if asked.portal == "impatient" and asked.path == "/a":
        return html("away", status="429 Too Many Requests", headers={"Retry-After": "86400"})
    if asked.portal == "doubles":
        return html(article("double" if asked.path.startswith("/double") else asked.path))
    return ANSWERS.get(asked.path) or html(article(asked.path))


def lists(name, page, times):
    if name == "faulty":  # every fault between two good posts
        pairs = zip(FAULTS, [f"/ok{number}" for number in range(len(FAULTS))], strict=True)
        return listing(*(path for pair in pairs for path in pair))
    if name == "closed":
        return listing("/secret/a", "/open/a")
    if name == "wander":
        return listing("http://elsewhere.localhost/a", "/away", "/inwards", "/metadata", "/far", "/moved", "/stay")
    if name == "dripping":
        return listing("/drip", "/a")
    if name == "silent":
        return listing("/silent", "/a")
    if name == "endless":  # past its end it serves the last page again, with ever new page numbers
        return listing(f"/a{min(page, 3)}", f"/b{min(page, 3)}", more=page + 1)
    if name == "calendar":  # a page for every day there will ever be, all but the first of them empty
        return listing(*(["/a", "/b"] if page == 1 else []), more=page + 1)
    if name == "ever_new":
        return listing(f"/a{page}", more=page + 1)
    if name == "doubles":
        same = ("/double", "/double", "/double?utm_source=zalo", "/double;jsessionid=1A", "/double-again")
        return listing(*same, "/other", "/other#x")
    if name == "broken":
        return ANSWERS["/broken"]
    if name in ("checked", "few_requests"):
        return listing(*GOOD)
    if name == "gone_lists":  # its second page fails, its third is well
        if page == 2:
            return ANSWERS["/broken"]
        return listing(f"/a{page}", more=page + 1 if page < 3 else None) if page > 1 else listing_of_three()
    return listing("/a", "/b")


def listing_of_three():
    shown = listing("/a1")
    shown.body += b'<ul class="lfr-pagination-buttons"><a href="?p_cur=2">2</a><a href="?p_cur=3">3</a></ul>'
    return shown


def main(data: Path, folder: Path) -> None:
    folder.mkdir(parents=True)
    for name, more in MORE.items():
        named = PORTAL.replace("id: {name}", "id: {id}").format(name=name, id=name.replace("_", "-"), more=more)
        (folder / f"{name.replace('_', '-')}.yaml").write_text(named, encoding="utf-8")
    for name, home, host in (
        ("refused", "http://localhost:9/", "localhost"),
        ("nowhere", "http://no-such-portal.invalid/", "no-such-portal.invalid"),
    ):
        (folder / f"{name}.yaml").write_text(
            LIVE.format(name=name, home=home, host=host, more="manners: {delay: 0}"), encoding="utf-8"
        )
    server = Server(answer)
    names = ",".join(path.stem for path in folder.glob("*.yaml"))
    options = Options(loopback=True, settings={"AUTOTHROTTLE_ENABLED": False, "RETRY_TIMES": 1})
    summary = crawl(data, names, server.running, folder, options)
    print("\n".join(summary.warnings()))
    print(summary.line())
    print(json.dumps(server.most_at_once))
    (data / "visits.txt").write_text("\n".join("\t".join(map(str, visit)) for visit in server.visits))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
