"""One form for the many addresses of one page: what sessions, trackers and browsers add does not belong to it."""

import re
from urllib.parse import parse_qsl, quote_plus, urlsplit, urlunsplit

from w3lib.url import safe_url_string

# Java's session in the path, and ASP.NET's without cookies: /(S(lit3py55t21z5v55vlm25s55))/tin.aspx
_SESSION_PATHS = re.compile(r";jsessionid=[^/?#;]*|/\([SAF]\([\w-]+\)\)", re.IGNORECASE)
_VOLATILE = re.compile(
    r"(?:jsessionid|phpsessid|aspsessionid\w*|sessionid|session_id|_afr\w+|_adf\.ctrl-state"
    r"|p_auth|inheritRedirect|redirect|_backurl|backurl|returnurl|_\w+_(?:redirect|backurl)"
    r"|utm_\w+|fbclid|gclid|zarsrc|zalo_\w+|mc_[ce]id|_ga|_gl|spm|yclid|msclkid)$",
    re.IGNORECASE,
)
_PORTS = {"http": 80, "https": 443}


def canonical(url: str) -> str | None:
    """The address without fragment, default port, session and tracking; None for anything but http(s).

    Parameters that are left stay as they are and in their order: to some servers both matter.

    >>> canonical("HTTP://X.gov.vn:80/tin;jsessionid=0A1?id=7&_afrLoop=99#dau")
    'http://x.gov.vn/tin?id=7'
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not host:
        return None
    place = f"[{host}]" if ":" in host else host
    if port is not None and port != _PORTS[parts.scheme]:
        place += f":{port}"
    path = _SESSION_PATHS.sub("", parts.path) or "/"
    # Escaped as Scrapy will escape it, so that the address in a page is the address in the database.
    return safe_url_string(urlunsplit((parts.scheme, place, path, _lasting(parts.query), "")))


def _lasting(query: str) -> str:
    pieces = [piece for piece in query.split("&") if piece]
    kept = [piece for piece in pieces if not _VOLATILE.match(_name(piece))]
    return "&".join(kept)


def _name(piece: str) -> str:
    found = parse_qsl(piece, keep_blank_values=True)
    return found[0][0] if found else quote_plus(piece)
