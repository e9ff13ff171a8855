"""A server whose certificate nobody vouches for is not talked to; what a portal's file concedes is not verification."""

import datetime
import http.server
import os
import ssl
import subprocess
import sys
import threading

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from crawler.resolver import is_public
from tests.crawler.conftest import HANGS, ROOT, query

pytestmark = pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
PROGRAM = """
import sys
from pathlib import Path
import crawler.portals, crawler.tls
crawler.portals.CERTIFICATES = crawler.tls.CERTIFICATES = Path(sys.argv[2])
from crawler.run import Options, crawl
summary = crawl(Path(sys.argv[1]), "thu", None, Path(sys.argv[2]), Options(loopback=sys.argv[3] == "loopback"))
print("\\n".join(summary.warnings()))
"""
PORTAL = """\
id: thu
publisher: Cổng thử
publisher_en: Trial portal
family: liferay
home: https://localhost:{port}/
start: [{{section: news, url: /tin}}]
domains: [localhost]
status: untried
licence: none
manners: {{delay: 0}}
{more}
"""
NOW = datetime.datetime.now(datetime.UTC)


class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = b"User-agent: *\nAllow: /\n" if self.path == "/robots.txt" else b"<p>nothing</p>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def certificate(name, signer=None, *, authority=False):
    """A key and a certificate, signed by ``signer`` (a key and a certificate) or by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    signing, issuer = (signer[0], signer[1].subject) if signer else (key, subject)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - datetime.timedelta(days=1))
        .not_valid_after(NOW + datetime.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    )
    return key, builder.sign(signing, hashes.SHA256())


def pem(*things):
    encoding = serialization.Encoding.PEM
    return b"".join(
        thing.public_bytes(encoding)
        if isinstance(thing, x509.Certificate)
        else thing.private_bytes(encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        for thing in things
    )


class Serving:
    """An HTTPS server on loopback with a key and its chain; ``old`` speaks TLS 1.1 at most."""

    def __init__(self, folder, *chain, old=False):
        path = folder / "server.pem"
        path.write_bytes(pem(*chain))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if old:
            context.set_ciphers("ALL:@SECLEVEL=0")
            context.minimum_version = ssl.TLSVersion.TLSv1
            context.maximum_version = ssl.TLSVersion.TLSv1_1
        context.load_cert_chain(path)
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.port = self.server.server_address[1]

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def port(tmp_path):
    """The port of a server with a certificate it signed itself."""
    server = Serving(tmp_path, *certificate("localhost"))
    yield server.port
    server.close()


@pytest.fixture
def authorities(tmp_path):
    """A root this machine is made to trust, an authority below it, and a server's key and certificate from there."""
    root = certificate("Root", authority=True)
    middle = certificate("Middle", root, authority=True)
    (tmp_path / "root.pem").write_bytes(pem(root[1]))
    return root, middle, certificate("localhost", middle)


def outcomes(tmp_path, port, more="", loopback=True):
    """kind → outcome of a crawl of the server, and what was printed."""
    folder = tmp_path / "portals"
    folder.mkdir(exist_ok=True)
    (folder / "thu.yaml").write_text(PORTAL.format(port=port, more=more), encoding="utf-8")
    environment = {**os.environ, "KEHOACH_CONTACT": "test@example.org", "SSL_CERT_FILE": str(tmp_path / "root.pem")}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "data"), str(folder), "loopback" if loopback else "-"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=HANGS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(query(tmp_path / "data", "select kind, outcome from fetches")), done.stdout


def crawled(tmp_path, authorities, *chain, more="", old=False, loopback=True):
    server = Serving(tmp_path, *chain, old=old)
    try:
        return outcomes(tmp_path, server.port, more, loopback)
    finally:
        server.close()


def test_a_whole_chain_is_verified(tmp_path, authorities):
    _, middle, (key, leaf) = authorities
    found, _ = crawled(tmp_path, authorities, key, leaf, middle[1])
    assert found == {"robots": "ok", "list": "empty"}


def test_a_certificate_signed_by_itself_closes_the_portal(tmp_path, authorities):
    found, _ = crawled(tmp_path, authorities, *certificate("localhost"))
    assert found == {"robots": "tls_chain", "list": "robots_unreachable"}


def test_a_missing_intermediate_closes_it_too_until_its_file_names_it(tmp_path, authorities):
    _, middle, (key, leaf) = authorities
    found, told = crawled(tmp_path, authorities, key, leaf)
    assert found == {"robots": "tls_chain", "list": "robots_unreachable"}
    assert "tls.intermediate" in told
    (tmp_path / "portals" / "middle.pem").write_bytes(pem(middle[1]))
    found, told = crawled(tmp_path, authorities, key, leaf, more="tls: {intermediate: middle.pem}")
    assert found["robots"] == "ok"
    assert "thu: certificate chain completed with middle.pem" in told


def test_an_intermediate_alone_vouches_for_nobody(tmp_path, authorities):
    """Without its root on this machine, an intermediate in the portal's file opens nothing."""
    stranger = certificate("Other root", authority=True)
    middle = certificate("Other middle", stranger, authority=True)
    (tmp_path / "portals").mkdir()
    (tmp_path / "portals" / "middle.pem").write_bytes(pem(middle[1]))
    chain = certificate("localhost", middle)
    found, _ = crawled(tmp_path, authorities, *chain, more="tls: {intermediate: middle.pem}")
    assert found["robots"] == "tls_chain"


def test_old_tls_is_told_and_talked_only_when_the_file_says_so(tmp_path, authorities):
    _, middle, (key, leaf) = authorities
    found, told = crawled(tmp_path, authorities, key, leaf, middle[1], old=True)
    assert found == {"robots": "tls_old", "list": "robots_unreachable"}
    assert "set tls.old" in told
    found, told = crawled(tmp_path, authorities, key, leaf, middle[1], more="tls: {old: true}", old=True)
    assert found["robots"] == "ok"
    assert "thu: old TLS ciphers and versions allowed" in told


def test_old_tls_is_verified_as_well(tmp_path, authorities):
    found, _ = crawled(tmp_path, authorities, *certificate("localhost"), more="tls: {old: true}", old=True)
    assert found["robots"] == "tls_chain"


def test_a_name_that_leads_inwards_is_not_followed(tmp_path, authorities):
    _, middle, (key, leaf) = authorities
    found, told = crawled(tmp_path, authorities, key, leaf, middle[1], loopback=False)
    assert found == {"robots": "private", "list": "robots_unreachable"}
    assert "private address" in told


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("203.162.0.11", True),
        ("2405:4800::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("::ffff:10.0.0.1", False),
    ],
)
def test_public_addresses(address, public):
    assert is_public(address) == public
