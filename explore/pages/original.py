"""The archived original of a fetch: the bytes as the portal served them, to save, never to run."""

import asyncio
import re
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from datasette.utils.asgi import NotFound, Response

from explore.rows import ReadBytes, Rows

_ENDINGS = {"text/html": ".html", "application/pdf": ".pdf"}


async def original(rows: Rows, key: str, read_bytes: ReadBytes | None) -> Response:
    """The bytes of a fetch as a file to save.

    Raises:
        NotFound: when the fetch is unknown, or the archive does not lie beside the database.
    """
    fetch = await rows.first("SELECT * FROM fetches WHERE id = :id", id=key)
    if fetch is None or fetch["warc_file"] is None:
        raise NotFound(f"nothing archived under {key}")
    if read_bytes is None:
        raise NotFound("the archive is not at hand here")
    try:
        body = await asyncio.to_thread(read_bytes, fetch["warc_file"], fetch["warc_offset"])
    except (OSError, ValueError) as error:
        raise NotFound(f"{fetch['warc_file']}, record at {fetch['warc_offset']}: {error}") from error
    headers = {
        "content-disposition": f'attachment; filename="{_name(key, fetch["url"], fetch["content_type"])}"',
        "content-security-policy": "sandbox; default-src 'none'",
    }
    return Response(body, content_type="application/octet-stream", headers=headers)


def _name(key: str, url: str, content_type: str | None) -> str:
    stem = re.sub(r"[^A-Za-z0-9._-]+", "-", unquote(PurePosixPath(urlsplit(url).path).name)).strip("-.")[:80]
    ending = _ENDINGS.get((content_type or "").partition(";")[0].strip(), "")
    return f"{key}-{stem}{'' if stem.endswith(ending) else ending}" if stem else f"{key}{ending}"
