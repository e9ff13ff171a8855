"""Tries a portal by hand: one request at a time, each way of failing kept apart, nothing archived.

The crawl itself goes through Scrapy; this is for `kehoach portals check` and `add`, which must say *why* a portal
cannot be read: no such name, no connection, which certificate is missing, what robots.txt says.
"""

import http.client
import ipaddress
import socket
import ssl
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote, urljoin, urlsplit

from cryptography import x509
from cryptography.x509.oid import AuthorityInformationAccessOID

from crawler.families.shared import Page, Target
from crawler.outcomes import of_status
from crawler.portals import CERTIFICATES, Tls
from schema.encoding import decode

_MOST_BYTES = 20 * 2**20
_MOST_REDIRECTS = 5


def tls_context(tls: Tls) -> ssl.SSLContext:
    """A context that verifies every certificate and concedes to a server what its portal's file says."""
    context = ssl.create_default_context()
    if tls.old:
        context.set_ciphers("ALL:!aNULL:!eNULL:@SECLEVEL=0")
        context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        context.options |= 0x4  # OP_LEGACY_SERVER_CONNECT: renegotiation as it was before 2010
    if tls.intermediate:
        context.load_verify_locations(CERTIFICATES / tls.intermediate)
        # The chain must still end at a root that this machine trusts, not at the certificate just added.
        context.verify_flags &= ~ssl.VERIFY_X509_PARTIAL_CHAIN
    return context


class Unreachable(Exception):  # noqa: N818 - it is what became of the request, in the crawl's own words
    """No usable answer. ``outcome`` is the class the crawl would note, ``detail`` what was seen."""

    def __init__(self, outcome: str, detail: str) -> None:
        super().__init__(detail)
        self.outcome, self.detail = outcome, detail


@dataclass(frozen=True)
class Answer:
    """What a server sent, unpacked."""

    url: str
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    def page(self) -> Page:
        """The answer as a page.

        Raises:
            Unreachable: when its bytes are in no known encoding.
        """
        try:
            return Page(self.url, decode(self.body, self.headers.get("Content-Type") or "text/html"))
        except ValueError as error:
            raise Unreachable("decode", str(error)) from error


@dataclass
class Probe:
    """Asks servers. ``via`` is the loopback port of the sample server; ``pause`` the seconds between requests.

    ``loopback`` lets names lead to this machine, for tests; ``context`` is what `tls_context` makes of a portal's file.
    """

    agent: str
    via: int | None = None
    pause: float = 1.0
    timeout: float = 30.0
    loopback: bool = False
    context: ssl.SSLContext = field(default_factory=lambda: tls_context(Tls()))
    _last: float = 0.0

    def addresses(self, host: str) -> list[str]:
        """The public addresses of a host.

        Raises:
            Unreachable: dns_gone or private.
        """
        try:
            found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}
        except (socket.gaierror, UnicodeError) as error:
            raise Unreachable("dns_gone", f"{host} has no address ({error})") from error
        usable = sorted(found, key=lambda address: (":" in address, address))
        private = [address for address in usable if not self._allowed(address)]
        if private:
            raise Unreachable("private", f"{host} leads to {', '.join(private)}")
        return usable

    def certificate(self, host: str, port: int = 443) -> str:
        """When the verified certificate of a host ends.

        Raises:
            Unreachable: refused, reset, timeout, tls_chain (with where to get what is missing) or tls_old.
        """
        with _failures(f"{host}:{port}"):
            try:
                with self._connect(host, port, secure=True) as connection:
                    assert isinstance(connection, ssl.SSLSocket)
                    end = str((connection.getpeercert() or {}).get("notAfter", "?"))
                    return f"{connection.version()}, certificate valid until {end}"
            except ssl.SSLCertVerificationError as error:
                raise Unreachable("tls_chain", f"{error.verify_message}{self._missing(host, port)}") from error

    def get(self, target: Target, owns: Callable[[str], bool] = lambda url: True) -> Answer:
        """The answer to a request, after redirects inside the portal.

        Raises:
            Unreachable: for every way of getting none.
        """
        url, method, body = target.url, target.method, target.body
        for _ in range(_MOST_REDIRECTS + 1):
            if not owns(url):
                raise Unreachable("off_portal", f"leads to {url}")
            answer = self._ask(url, method, body)
            place = answer.headers.get("Location")
            if answer.status not in (301, 302, 303, 307, 308) or not place:
                return answer
            url = urljoin(url, quote(place, safe="/:?#[]@!$&'()*+,;=%-._~"))
            if answer.status == 303 or (answer.status in (301, 302) and method == "POST"):
                method, body = "GET", ""
        raise Unreachable("loop", f"redirects without end, the last to {url}")

    def page(self, target: Target, owns: Callable[[str], bool] = lambda url: True) -> Page:
        """The page behind an address.

        Raises:
            Unreachable: also for a status that is no success.
        """
        answer = self.get(target, owns)
        if (outcome := of_status(answer.status)) != "ok":
            raise Unreachable(outcome, f"{answer.url} answers {answer.status}")
        return answer.page()

    def _ask(self, url: str, method: str, body: str) -> Answer:
        time.sleep(max(0.0, self._last + self.pause - time.monotonic()) if self._last else 0.0)
        parts = urlsplit(url)
        secure, host = parts.scheme == "https", parts.hostname or ""
        path = parts.path or "/"
        headers = {"User-Agent": self.agent, "Accept-Encoding": "gzip, deflate", "Accept-Language": "vi"}
        if method == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        with _failures(url):
            if self.via is not None:
                connection = http.client.HTTPConnection("127.0.0.1", self.via, timeout=self.timeout)
                headers["Host"] = parts.netloc
                place = url
            else:
                port = parts.port or (443 if secure else 80)
                connection = http.client.HTTPConnection(host, port, timeout=self.timeout)
                connection.sock = self._connect(host, port, secure)
                headers["Host"] = parts.netloc
                place = path + (f"?{parts.query}" if parts.query else "")
            try:
                connection.request(method, place, body.encode() or None, headers)
                response = connection.getresponse()
                content = response.read(_MOST_BYTES + 1)
                left = response.length if len(content) <= _MOST_BYTES else 0
            finally:
                connection.close()
                self._last = time.monotonic()
        if len(content) > _MOST_BYTES:
            raise Unreachable("too_large", f"{url} sends more than {_MOST_BYTES >> 20} MB")
        if left:
            raise Unreachable("truncated", f"{url}: {left} bytes of the answer are missing")
        return Answer(url, response.status, response.msg, _unpacked(content, response.msg, url))

    def _connect(self, host: str, port: int, secure: bool) -> socket.socket:
        addresses = self.addresses(host)
        plain = socket.create_connection((addresses[0], port), self.timeout)
        if not secure:
            return plain
        try:
            return self.context.wrap_socket(plain, server_hostname=host)
        except BaseException:
            plain.close()
            raise

    def _allowed(self, address: str) -> bool:
        found = ipaddress.ip_address(address)
        return (found.is_global and not found.is_multicast) or (self.loopback and found.is_loopback)

    def _missing(self, host: str, port: int) -> str:
        """Where the certificate says its issuer's can be had. Nothing is asked of or told to the server for this."""
        try:
            raw = ssl.get_server_certificate((self.addresses(host)[0], port), timeout=self.timeout)
            access = x509.load_pem_x509_certificate(raw.encode()).extensions.get_extension_for_class(
                x509.AuthorityInformationAccess
            )
        except (OSError, ValueError, Unreachable, x509.ExtensionNotFound):
            return ""
        places = [
            description.access_location.value
            for description in access.value
            if description.access_method == AuthorityInformationAccessOID.CA_ISSUERS
        ]
        return f"; its issuer's certificate: {', '.join(map(str, places))}" if places else ""


class _failures:  # noqa: N801 - used as a with statement's verb
    """Turns what the libraries raise into `Unreachable`."""

    def __init__(self, what: str) -> None:
        self._what = what

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is None or isinstance(error, Unreachable):
            return
        for kinds, outcome in _OUTCOMES:
            if isinstance(error, kinds):
                raise Unreachable(outcome, f"{self._what}: {error or type(error).__name__}") from error


_OUTCOMES: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], str], ...] = (
    (ssl.SSLCertVerificationError, "tls_chain"),
    (TimeoutError, "timeout"),
    ((ConnectionResetError, BrokenPipeError, http.client.RemoteDisconnected, ssl.SSLEOFError), "reset"),
    (ssl.SSLError, "tls_old"),
    (ConnectionRefusedError, "refused"),
    (http.client.IncompleteRead, "truncated"),
    ((http.client.HTTPException, OSError), "reset"),
)


def _unpacked(content: bytes, headers: http.client.HTTPMessage, url: str) -> bytes:
    packing = (headers.get("Content-Encoding") or "").strip().lower()
    if packing not in ("gzip", "x-gzip", "deflate"):
        return content
    # gzip or zlib by the first bytes; some servers call it deflate when it has none.
    for bits in (47, -15) if packing == "deflate" else (47,):
        unpacker = zlib.decompressobj(bits)
        try:
            plain = unpacker.decompress(content, _MOST_BYTES)
        except zlib.error:
            continue
        if not unpacker.eof:
            raise Unreachable("truncated", f"{url}: the answer breaks off")
        return plain
    raise Unreachable("decode", f"{url}: said to be {packing}, which it is not")
