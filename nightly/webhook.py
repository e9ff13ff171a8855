"""Tells another program how the night went: a POST of JSON to the address in ``KEHOACH_WEBHOOK``."""

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

VARIABLE = "KEHOACH_WEBHOOK"
LIMIT = 15.0
"""Seconds that a receiver has, all in all."""


def tell(url: str, summary: Mapping[str, Any], limit: float = LIMIT) -> str | None:
    """Send the summary; gives None when it was taken, else one line that says why not.

    The address often holds a secret, so the line names its host only.
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        host = None
    if host is None or parts.scheme not in ("http", "https"):
        return f"webhook: {VARIABLE} is no http(s) address"
    failure = [f"no answer within {limit:.0f} seconds"]
    # A receiver that sends a letter now and then would never run into a socket's own limit.
    sending = threading.Thread(target=_send, args=(url, json.dumps(summary).encode(), limit, failure), daemon=True)
    sending.start()
    sending.join(limit)
    return f"webhook: {host}: {failure[0]}" if failure else None


def _send(url: str, body: bytes, limit: float, failure: list[str]) -> None:
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"}, method="POST")  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=limit):  # noqa: S310 - the scheme is looked at above
            failure.clear()
    except urllib.error.HTTPError as error:
        failure[0] = f"answers {error.code}"
    except Exception as error:  # whatever it is, the night has not failed for it
        failure[0] = " ".join(str(getattr(error, "reason", error)).split()) or type(error).__name__
