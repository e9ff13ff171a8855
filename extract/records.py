"""``kehoach records``: post lines in, record lines out, one for one and in order (RECORD form, see docs/record.md)."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from extract.page import page_meta, page_text
from extract.post import Post, read_post
from schema.page import PostPage

PageReader = Callable[[str, str], PostPage]
"""(url, html) to the post's parts; the command line hands in the families' reader."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One output line, and the reason when the input line gave no record."""

    line: str
    error: str | None = None


def read_lines(lines: Iterable[bytes], read_page: PageReader, *, gated: bool = True) -> Iterator[Outcome]:
    """Read each post line; a line that cannot be read becomes an error line and the rest goes on."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        post_id: Any = None
        try:
            fields = _fields(line)
            post_id = fields.get("id")
            yield Outcome(read_post(_post(fields, read_page), gated=gated).model_dump_json())
        except (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError):
            raise
        except BaseException as error:  # one bad post must not stop the others; a library's Rust panic is no Exception
            reason = str(error) if isinstance(error, ValueError) else f"{type(error).__name__}: {error}"
            reason = " ".join(reason.split())[:500]
            yield Outcome(_line({"id": post_id, "error": reason}), f"line {number}: {reason}")


def _line(fields: dict[str, Any]) -> str:
    """A JSON line; what is no character (a lone surrogate in an id) stays escaped as it came."""
    return json.dumps(fields, ensure_ascii=False).encode("utf-8", "backslashreplace").decode("utf-8")


def _fields(line: bytes) -> dict[str, Any]:
    try:
        fields = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 at byte {error.start}") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"not JSON: {error}") from error
    if not isinstance(fields, dict):
        raise ValueError("not a JSON object")
    return fields


def _post(fields: dict[str, Any], read_page: PageReader) -> Post:
    post_id, url, text, html = (fields.get(name) for name in ("id", "url", "text", "html"))
    if isinstance(post_id, int) and not isinstance(post_id, bool):
        post_id = str(post_id)
    if not isinstance(post_id, str) or not post_id:
        raise ValueError("no id: a post line holds a string 'id' and either 'text' or 'html'")
    url = url if isinstance(url, str) else None
    for name, value in (("id", post_id), ("url", url), ("text", text), ("html", html)):
        if isinstance(value, str):
            _check_characters(name, value)
    if isinstance(text, str):
        return Post(post_id, text, url)
    if isinstance(html, str):
        page = read_page(url or "", html)
        return Post(post_id, page_text(page), url, page_meta(page))
    raise ValueError("neither 'text' nor 'html' is a string")


def _check_characters(name: str, value: str) -> None:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError(f"the {name} holds lone surrogates, which are no characters") from error
