"""The health table as one static page that needs no server."""

from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from crawler.disk import disk_errors
from crawler.health import HEADINGS, Health, row

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem; color: #1b1b1b;
  background: #fff }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #ccc; vertical-align: top }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums }
tr.wrong td:first-child::before { content: "! "; color: #a00; font-weight: bold }
tr.why td { color: #8a0000; border-top: 0 }
@media (prefers-color-scheme: dark) { body { color: #eee; background: #161616 } tr.why td { color: #ff9a8a } }
"""


def write_page(path: Path, lines: Sequence[Health]) -> None:
    """Write the page, in place of an older one at once.

    Raises:
        UserError: when it cannot be written.
    """
    draft = path.with_suffix(".part")
    with disk_errors(path):
        draft.write_text(page(lines), encoding="utf-8")
        draft.replace(path)


def page(lines: Sequence[Health]) -> str:
    """The page as HTML."""
    heads = "".join(f'<th scope="col"{_kind(at)}>{escape(name)}</th>' for at, name in enumerate(HEADINGS))
    wrong = sum(bool(found.wrong) for found in lines)
    told = f"{wrong} with something wrong" if wrong else "all well"
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>kehoach: health of the portals</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head><body>'
        f"<h1>Health of the portals</h1><p>{len(lines)} portals, {told}; written"
        f" {datetime.now(UTC):%Y-%m-%d %H:%M} UTC.</p><table><thead><tr>{heads}</tr></thead>"
        f"<tbody>{''.join(_rows(found) for found in lines)}</tbody></table></body></html>\n"
    )


def _rows(found: Health) -> str:
    cells = list(row(found))
    cells[0] = f"{cells[0]}: {found.publisher}"
    shown = "".join(f"<td{_kind(at)}>{escape(cell)}</td>" for at, cell in enumerate(cells))
    words = "<br>".join(escape(line) for line in (*found.wrong, *found.notes))
    why = f'<tr class="why"><td colspan="{len(HEADINGS)}">{words}</td></tr>' if words else ""
    return f'<tr class="{"wrong" if found.wrong else "well"}">{shown}</tr>{why}'


def _kind(column: int) -> str:
    return ' class="n"' if column >= 3 else ""
