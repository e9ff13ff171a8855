"""What became of a fetch, in a word: ``ok``, or why its content could not be used."""

import re

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)

OK = "ok"
NOT_MODIFIED = "not_modified"

_CHALLENGE = re.compile(rb"document\.cookie\s*=.*location\.(?:reload|href|replace)", re.DOTALL)
_TLS = re.compile(r"certificate verify failed|CERTIFICATE_VERIFY_FAILED|certificate", re.IGNORECASE)
_TLS_OLD = re.compile(r"handshake failure|unsupported protocol|wrong version|dh key too small|no protocols", re.I)


class OffPortal(IgnoreRequest):
    """A link or redirect led out of the portal's domains."""


class RobotsForbid(IgnoreRequest):
    """robots.txt closes this address, or could not be had, which closes the whole host."""

    def __init__(self, outcome: str) -> None:
        super().__init__(outcome)
        self.outcome = outcome


def of_failure(error: BaseException) -> str:
    """The outcome of a fetch that got no answer."""
    if isinstance(error, RobotsForbid):
        return error.outcome
    if isinstance(error, OffPortal):
        return "off_portal"
    if isinstance(error, IgnoreRequest):
        return "redirect_loop" if "max redirections" in str(error) else "ignored"
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
    if _TLS_OLD.search(text):
        return "tls_old"
    if _TLS.search(text):
        return "tls_chain"
    return "reset" if isinstance(error, (DownloadFailedError, OSError)) else "failed"


def of_status(status: int) -> str:
    """The outcome that an HTTP status alone decides; ``ok`` leaves the content to be judged."""
    if status == 304:
        return NOT_MODIFIED
    return OK if 200 <= status < 300 else f"http_{status // 100}xx"


def is_challenge(body: bytes) -> bool:
    """Whether a page is a browser check that sets a cookie and reloads, as anti-bot fronts send instead of the page."""
    return len(body) < 4096 and _CHALLENGE.search(body) is not None
