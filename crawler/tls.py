"""HTTPS with verified certificates, and per portal what its server needs to be conceded: never verification itself."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from OpenSSL.crypto import X509
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from twisted.internet.ssl import TLSVersion, optionsForClientTLS
from twisted.web.client import BrowserLikePolicyForHTTPS

from crawler.portals import CERTIFICATES, Portal, Tls

_OLD = b"ALL:!aNULL:!eNULL:@SECLEVEL=0"  # never without a certificate or encryption
CONCESSIONS = "KEHOACH_TLS"
"""Setting: domain → `crawler.portals.Tls`."""


def concessions(portals: Iterable[Portal]) -> dict[str, Tls]:
    """What the servers of each domain need to be conceded."""
    return {
        domain: portal.tls
        for portal in portals
        if portal.tls.notes
        for domain in (*portal.domains, urlsplit(portal.home).hostname or "")
    }


class PortalHandler(HTTP11DownloadHandler):
    """Scrapy's handler with a TLS policy of its own."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        policy: Any = PortalPolicy(self._contextFactory, crawler.settings[CONCESSIONS] or {})
        self._contextFactory = policy


class PortalPolicy(BrowserLikePolicyForHTTPS):
    """Verifies every server; talks to those of some portals in old ciphers, or knows an intermediate certificate."""

    def __init__(self, otherwise: Any, tls: Mapping[str, Tls]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._otherwise, self._tls = otherwise, tls

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:  # noqa: N802 - Twisted's name
        """What makes the TLS connections to a host."""
        host = hostname.decode("ascii")
        tls = next((tls for domain, tls in self._tls.items() if host == domain or host.endswith(f".{domain}")), None)
        if tls is None:
            return self._otherwise.creatorForNetloc(hostname, port)
        options: dict[str, Any] = {"fixBrokenPeers": True}
        if tls.old:
            options["insecurelyLowerMinimumTo"] = TLSVersion.TLSv1_0
        creator = optionsForClientTLS(hostname=host, extraCertificateOptions=options)
        context = _context(creator)
        if tls.old:
            context.set_cipher_list(_OLD)
            context.set_options(0x4)  # OP_LEGACY_SERVER_CONNECT: renegotiation as it was before 2010
        if tls.intermediate:
            for certificate in x509.load_pem_x509_certificates((CERTIFICATES / tls.intermediate).read_bytes()):
                _add(context, certificate)
        return creator


def _context(creator: Any) -> Any:
    maker = getattr(creator, "_createConnection", None)
    return maker.__self__.getContext() if maker is not None else creator._ctx


def _add(context: Any, certificate: x509.Certificate) -> None:
    """Let a chain pass through a certificate. It must still end at one that this machine trusts."""
    context.get_cert_store().add_cert(X509.from_cryptography(certificate))
