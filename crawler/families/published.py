"""When a post was published, in all the forms that portals show (DOMAIN: portals, dates shown).

Only what the text says is read: a relative time ("8 giờ trước"), a day that does not exist or no date at all give
None, never the clock. Times are those of Việt Nam, UTC+7 all year round.
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))

_SHAREPOINT = re.compile(r"/Date\((-?\d{9,13})(?:[+-]\d{4})?\)/")
_YMD = re.compile(r"(?<!\d)(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)")
_DMY = re.compile(r"(?<![\d/.])(?P<d>\d{1,2})\s*(?P<sep>[/.-])\s*(?P<m>\d{1,2})\s*(?P=sep)\s*(?P<y>\d{4})(?!\d)")
_WORDS = re.compile(r"ngày\s+(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2})\s+năm\s+(?P<y>\d{4})", re.IGNORECASE)
_TIME = re.compile(
    r"(?<![\d:])(?P<h>\d{1,2})\s*(?::|h|giờ|g)\s*(?P<min>\d{1,2})(?!\d)(?:\s*:\s*(?P<s>\d{2})(?:\.\d+)?)?"
    r"\s*(?P<half>AM|PM|SA|CH)?\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?(?![\w:])",
    re.IGNORECASE,
)
# What may stand between a date and its time: marks and the day of the week.
_JOINT = re.compile(r"(?:[\s,|()\-–T]|lúc|vào|ngày|thứ\s+\w+|chủ nhật|giờ)*", re.IGNORECASE)
_EARLIEST, _LATEST = 1990, 2100


def published(text: str) -> str | None:
    """The first date in ``text`` with the time beside it, ISO 8601 (``2017-10-16T08:30:00+07:00``, or a bare date).

    >>> published("08:41 | 31/01/2020 | Lượt xem: 123")
    '2020-01-31T08:41:00+07:00'
    >>> published("(23/06/2021)")
    '2021-06-23'
    """
    if stamp := _SHAREPOINT.search(text):
        return _with_stamp(int(stamp[1]))
    matches = [match for pattern in (_YMD, _DMY, _WORDS) if (match := pattern.search(text))]
    if not matches:
        return None
    found = min(matches, key=re.Match.start)
    try:
        day = date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError:
        return None
    if not _EARLIEST <= day.year <= _LATEST:
        return None
    clock = _time_beside(text, found)
    return _with_time(day, clock) if clock else day.isoformat()


def published_in_url(url: str) -> str | None:
    """The date folder of an address (``/Pages/2024-4-25/…``, ``/2024/05/03/…``), as an ISO date."""
    folder = re.search(r"/(\d{4})([-/])(\d{1,2})\2(\d{1,2})/", url)
    return published(f"{folder[1]}-{folder[3]}-{folder[4]}") if folder else None


def _with_stamp(milliseconds: int) -> str | None:
    moment = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)).astimezone(VIETNAM)
    return moment.isoformat(timespec="seconds") if _EARLIEST <= moment.year <= _LATEST else None


def _time_beside(text: str, found: re.Match[str]) -> re.Match[str] | None:
    after = _TIME.search(text, found.end())
    if after and _JOINT.fullmatch(text, found.end(), after.start()):
        return after
    before = None
    for match in _TIME.finditer(text, 0, found.start()):
        before = match
    return before if before and _JOINT.fullmatch(text, before.end(), found.start()) else None


def _with_time(day: date, clock: re.Match[str]) -> str:
    hour, minute, second = int(clock["h"]), int(clock["min"]), int(clock["s"] or 0)
    half = (clock["half"] or "").upper()
    # "18:16 PM" is a 24-hour clock with a half-day mark left behind: the mark only moves hours up to twelve.
    if half in ("PM", "CH") and hour < 12:
        hour += 12
    elif half in ("AM", "SA") and hour == 12:
        hour = 0
    try:
        moment = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=VIETNAM)
    except ValueError:
        return day.isoformat()
    if zone := clock["zone"]:
        given = datetime.fromisoformat(f"2000-01-01T00:00:00{zone.upper().replace('Z', '+00:00')}").tzinfo
        moment = moment.replace(tzinfo=given).astimezone(VIETNAM)
    return moment.isoformat(timespec="seconds")
