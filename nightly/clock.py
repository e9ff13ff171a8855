"""The time as a night tells it: of this machine, with its distance from UTC."""

from datetime import datetime


def here() -> datetime:
    """Now, in the machine's own time zone."""
    return datetime.now().astimezone()


def stamp(when: datetime | None = None) -> str:
    """A time for people, to the minute: 2026-11-24 02:30 +0700."""
    return f"{when or here():%Y-%m-%d %H:%M %z}"
