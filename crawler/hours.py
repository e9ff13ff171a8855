"""Hours of the day in Việt Nam in which no portal is visited."""

import re
from dataclasses import dataclass
from datetime import time

from schema.errors import UserError


@dataclass(frozen=True, slots=True)
class Hours:
    """From a time of day up to another; over midnight when the second is the earlier one."""

    begin: time
    end: time

    def __contains__(self, now: time) -> bool:
        if self.begin <= self.end:
            return self.begin <= now < self.end
        return now >= self.begin or now < self.end

    def __str__(self) -> str:
        return f"{self.begin:%H:%M}-{self.end:%H:%M}"


def read_hours(shown: str) -> Hours | None:
    """Hours as a user writes them (``07:00-18:00``); None for nothing.

    Raises:
        UserError: when it is anything else.
    """
    if not shown.strip():
        return None
    match = re.fullmatch(r"\s*(\d{1,2})(?::(\d{2}))?\s*[-–]\s*(\d{1,2})(?::(\d{2}))?\s*", shown)
    try:
        if match is None:
            raise ValueError
        return Hours(time(int(match[1]), int(match[2] or 0)), time(int(match[3]), int(match[4] or 0)))
    except ValueError:
        raise UserError(f"quiet hours {shown!r}: expected times of day in Việt Nam, such as 07:00-18:00") from None
