"""What became of a fetch, in a word: ``ok``, or the class of what went wrong, with what can be done about it."""

import re
from urllib.parse import urlsplit

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)

from crawler import resolver

OK = "ok"
NOT_MODIFIED = "not_modified"

MEANINGS: dict[str, str] = {
    "ok": "its content was read",
    "not_modified": "the server says that nothing has changed",
    "dns_gone": "no such host: has the portal moved? set status: gone and valid_to in its file, or correct its address",
    "private": "the host's name leads to a private address: not followed; correct the portal's address",
    "refused": "the server refuses connections: try again later, or from another network",
    "reset": "the connection was broken off: some portals answer only inside Việt Nam",
    "timeout": "no complete answer in time: raise manners.timeout in the portal's file, or try at night",
    "tls_chain": "its certificate cannot be verified: when it fails to send an intermediate certificate, put that into "
    "crawler/portals/certificates and name it in tls.intermediate",
    "tls_old": "it speaks only old TLS: set tls.old in the portal's file",
    "http_3xx": "a redirect that leads nowhere",
    "http_4xx": "the page is not there, or not for us",
    "http_5xx": "the server failed",
    "rate_limited": "the server asks for fewer requests: raise manners.delay",
    "robots": "robots.txt closes this address",
    "robots_unreachable": "robots.txt could not be had, which closes the host for this run",
    "challenge": "a browser check in the page's stead: the portal does not want programs, or not from this network",
    "login": "a log-in page in the page's stead",
    "error_page": "an error message served as a page",
    "too_large": "larger than manners.megabytes in the portal's file",
    "wrong_type": "something else than was to be expected there (a file for a page, a page for a file)",
    "decode": "its bytes are in no encoding, or no compression, that is known",
    "truncated": "the answer broke off before its end",
    "loop": "redirects without end",
    "off_portal": "leads out of the portal's domains: add them to its file if they are its own",
    "no_post": "no post found on the page: is family right in the portal's file?",
    "empty": "no posts found on the list: is family right in the portal's file?",
    "unreadable": "the page trips its reader: a bug; please report it",
    "ignored": "not asked for",
    "failed": "failed in a way that has no name yet; please report it",
}
"""Outcome → what it means, and what to do about it."""

UNREACHABLE = frozenset(
    {"dns_gone", "private", "refused", "reset", "timeout", "tls_chain", "tls_old", "http_5xx", "rate_limited"}
    | {"challenge", "robots_unreachable"}
)
"""Outcomes that say something of the server, not of the page: many in a row end the visit."""

PASSING = UNREACHABLE | {"truncated", "decode", "no_post", "unreadable", "error_page", "failed"}
"""Outcomes that may be others tomorrow: what was never read because of them is tried again, wherever it was listed."""

# Errors of OpenSSL by what they mean for a portal.
_TLS_OLD = re.compile(
    r"handshake failure|unsupported protocol|wrong version|(?:dh|ee|ca) key too (?:small|weak)|no protocols"
    r"|no ciphers|legacy|internal error|version too low|alert protocol version|md too weak|insufficient security",
    re.IGNORECASE,
)
_TLS = re.compile(r"certificate|VerificationError|DNSMismatch|SSL routines", re.IGNORECASE)


class OffPortal(IgnoreRequest):
    """A link or redirect led out of the portal's domains."""


class Skipped(IgnoreRequest):
    """Not asked for, because the visit to the portal is over: its ceiling, quiet hours, or too much trouble."""


class RobotsForbid(IgnoreRequest):
    """robots.txt closes this address, or could not be had, which closes the whole host."""

    def __init__(self, outcome: str) -> None:
        super().__init__(outcome)
        self.outcome = outcome


def of_failure(error: BaseException, url: str = "") -> str:
    """The outcome of a fetch that got no answer."""
    if isinstance(error, CannotResolveHostError) and urlsplit(url).hostname in resolver.refused:
        return "private"
    if isinstance(error, RobotsForbid):
        return error.outcome
    if isinstance(error, OffPortal):
        return "off_portal"
    if isinstance(error, IgnoreRequest):
        return _of_ignored(str(error))
    for kind, outcome in (
        (CannotResolveHostError, "dns_gone"),
        (DownloadConnectionRefusedError, "refused"),
        (DownloadTimeoutError, "timeout"),
        (ResponseDataLossError, "truncated"),
        (DownloadCancelledError, "too_large"),
    ):
        if isinstance(error, kind):
            return outcome
    text = f"{error!r} {error.__cause__!r} {getattr(error.__cause__, 'reasons', '')}"
    if "certificate verify failed" in text:
        return "tls_chain"
    if _TLS_OLD.search(text):
        return "tls_old"
    if _TLS.search(text):
        return "tls_chain"
    return "reset" if isinstance(error, (DownloadFailedError, OSError)) else "failed"


def _of_ignored(message: str) -> str:
    if "max redirections" in message:
        return "loop"
    # Scrapy lets go of an answer whose content is much larger unpacked than packed.
    return "too_large" if "DOWNLOAD_MAXSIZE" in message else "ignored"


def of_status(status: int) -> str:
    """The outcome that an HTTP status alone decides; ``ok`` leaves the content to be judged."""
    if status == 304:
        return NOT_MODIFIED
    if status == 429:
        return "rate_limited"
    return OK if 200 <= status < 300 else f"http_{status // 100}xx"
