"""The report of a night, in Markdown for mail and chat and in HTML for the browser.

Both are written beside their place and renamed, so that a reader never meets half of one. ``reports/latest.md`` and
``reports/latest.html`` are the newest; every night also keeps its own under the time it began.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from jinja2 import Environment, PackageLoader, StrictUndefined

from nightly.clock import stamp
from nightly.news import News, Portal
from schema.database import database_errors

REPORTS = "reports"
KEEP = 90
"""Nights whose own reports are kept."""

State = Literal["published", "publishing", "failed", "interrupted"]
_SAID: dict[State, str] = {
    "published": "Published",
    "publishing": "Being published",
    "failed": "Failed",
    "interrupted": "Stopped",
}
_DIRECTIONS = {"reach": "reach", "increase": "raise by", "decrease": "cut by", "maintain": "keep at"}
# What Markdown would take for marks of its own, in texts that come from portals.
_MARKS = re.compile(r"([\\`*_\[\]<>|~&]|^[-+#]|(?<=^\d)[.)])")


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of the night: what it gave in one line, and how long it took in seconds."""

    name: str
    seconds: float
    line: str


@dataclass(frozen=True, slots=True)
class Night:
    """All that a report tells. ``run`` is the number of the night's crawl; 0 when it never came to that."""

    state: State
    begun: datetime
    ended: datetime
    run: int
    stages: tuple[Stage, ...]
    reasons: tuple[str, ...]
    warnings: tuple[str, ...]
    news: News

    @property
    def headline(self) -> str:
        """What happened, in a few words."""
        if self.state not in ("published", "publishing"):
            return _SAID[self.state]
        return f"{_SAID[self.state]}: {_many(self.news.new_count, 'new plan')}, {self.news.changed_count:,} changed"

    @property
    def visited(self) -> tuple[Portal, ...]:
        """The portals that this night asked."""
        return tuple(portal for portal in self.news.portals if portal.run == self.run)

    @property
    def failed(self) -> tuple[Portal, ...]:
        """The portals of this night that failed their expectations."""
        return tuple(portal for portal in self.visited if portal.outcome == "failed")

    @property
    def troubled(self) -> tuple[Portal, ...]:
        """The portals of this night with anything amiss."""
        return tuple(portal for portal in self.visited if portal.outcome != "ok" or portal.troubles or portal.reasons)


def write(data: Path, night: Night) -> Path:
    """Write both forms of the report; gives the newest one's HTML file.

    Raises:
        UserError: when the disk or folder does not take it.
    """
    folder = data / REPORTS
    name = f"night-{night.begun:%Y%m%dT%H%M%S}"
    with database_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for ending, text in (("md", markdown(night)), ("html", html(night))):
            for place in (folder / f"{name}.{ending}", folder / f"latest.{ending}"):
                fresh = place.with_name(f"{place.name}.new")
                fresh.write_text(text, encoding="utf-8")
                fresh.replace(place)
            for old in sorted(folder.glob(f"night-*.{ending}"), reverse=True)[KEEP:]:
                old.unlink(missing_ok=True)
    return folder / "latest.html"


def markdown(night: Night) -> str:
    """The report in Markdown."""
    text = _environment(escape=False).get_template("report.md").render(night=night, waiting=_waiting(night))
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def html(night: Night) -> str:
    """The report as one HTML page that needs nothing beside it."""
    return _environment(escape=True).get_template("report.html").render(night=night, waiting=_waiting(night))


def _waiting(night: Night) -> str:
    return ", not published yet" if night.state in ("failed", "interrupted") else ""


def _environment(*, escape: bool) -> Environment:
    environment = Environment(
        loader=PackageLoader("nightly"),
        autoescape=escape,  # noqa: S701 - Markdown has marks of its own, see `plain`
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters |= {
        "plain": plain,
        "web": web,
        "many": _many,
        "stamp": stamp,
        "duration": _duration,
        "day": lambda time: (time or "")[:10] or "never",
        "toward": lambda direction: _DIRECTIONS.get(direction, direction),
    }
    return environment


def plain(text: object) -> str:
    """A text from outside as Markdown that shows it letter by letter, on one line."""
    return _MARKS.sub(r"\\\1", " ".join(str(text or "").split()))


def web(url: str) -> str:
    """An address that may stand in a link; nothing for what is no web address."""
    if not url.startswith(("http://", "https://")):
        return ""
    return re.sub(r"[\s<>()\"'`\\|]", lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), url)


def _many(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def _duration(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"
