"""What every answer of the site carries, so that a page can neither run, load nor send anything foreign."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

from explore.language import COOKIE, LANGUAGES, PARAMETER

App = Callable[..., Awaitable[None]]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
"""The Content-Security-Policy: files of this site only, no inline code or styles, no frames."""
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
_REMEMBERED = 365 * 24 * 3600  # seconds


def guarded(app: App) -> App:
    """The application with the headers, answering only requests that read, and remembering the language asked for."""

    async def answer(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        if scope["method"] not in ("GET", "HEAD"):
            await _refuse(send)
            return
        extra = _headers(scope)

        async def send_with_headers(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                own = {name.lower() for name, _ in message.get("headers", [])}
                added = [(name, value) for name, value in extra if name not in own]
                message = {**message, "headers": [*message.get("headers", []), *added]}
            await send(message)

        await app(scope, receive, send_with_headers)

    return answer


def _headers(scope: dict[str, Any]) -> list[tuple[bytes, bytes]]:
    headers = [(name.encode(), value.encode()) for name, value in _HEADERS.items()]
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get(PARAMETER, [""])[-1]
    if asked in LANGUAGES:
        cookie = f"{COOKIE}={asked}; Path=/; Max-Age={_REMEMBERED}; SameSite=Lax"
        headers.append((b"set-cookie", cookie.encode()))
    return headers


async def _refuse(send: Any) -> None:
    headers = [(b"allow", b"GET, HEAD"), (b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": 405, "headers": headers})
    await send({"type": "http.response.body", "body": b"This site is read-only."})
