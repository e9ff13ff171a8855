"""A server whose certificate nobody vouches for is not talked to."""

import datetime
import http.server
import ssl
import subprocess
import sys
import threading

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.crawler.conftest import ROOT, query

PROGRAM = """
import sys
from pathlib import Path
from crawler.run import Options, crawl
crawl(Path(sys.argv[1]), "self-signed", None, Path(sys.argv[2]), Options(loopback=True))
"""
PORTAL = """\
id: self-signed
publisher: Cổng tự ký
publisher_en: Self-signed portal
family: liferay
home: https://localhost:{port}/
start: [{{section: news, url: /tin}}]
domains: [localhost]
status: untried
licence: none
"""


@pytest.fixture
def port(tmp_path):
    """A server on loopback with a certificate it signed itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, encoding = tmp_path / "server.pem", serialization.Encoding.PEM
    private = key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    pem.write_bytes(private + certificate.public_bytes(encoding))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), http.server.SimpleHTTPRequestHandler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


@pytest.mark.slow
def test_an_unknown_certificate_closes_the_portal(tmp_path, port):
    folder = tmp_path / "portals"
    folder.mkdir()
    (folder / "self-signed.yaml").write_text(PORTAL.format(port=port), encoding="utf-8")
    subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "data"), str(folder)],
        cwd=ROOT,
        env={"KEHOACH_CONTACT": "test@example.org"},
        capture_output=True,
        timeout=120,
        check=True,
    )
    rows = query(tmp_path / "data", "select kind, outcome, warc_file from fetches order by kind")
    assert rows == [("list", "robots_unreachable", None), ("robots", "tls_chain", None)]
