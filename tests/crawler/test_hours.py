"""Quiet hours as users write them."""

from datetime import time

import pytest

from crawler.hours import read_hours
from schema.errors import UserError


@pytest.mark.parametrize(
    ("shown", "within", "outside"),
    [
        ("07:00-18:00", [time(7), time(12, 30), time(17, 59)], [time(6, 59), time(18), time(23)]),
        ("22-6", [time(22), time(0), time(5, 59)], [time(6), time(21, 59)]),
        (" 7:30 – 8 ", [time(7, 30), time(7, 59)], [time(7, 29), time(8)]),
        ("8:00-8:00", [], [time(7), time(8), time(9)]),
    ],
)
def test_hours(shown, within, outside):
    hours = read_hours(shown)
    assert [moment for moment in within if moment not in hours] == []
    assert [moment for moment in outside if moment in hours] == []


@pytest.mark.parametrize("shown", ["", "  "])
def test_none(shown):
    assert read_hours(shown) is None


@pytest.mark.parametrize("shown", ["7", "24:00-6:00", "7:60-8:00", "morning", "07:00-18:00-20:00", "-"])
def test_no_hours(shown):
    with pytest.raises(UserError, match=r"07:00-18:00"):
        read_hours(shown)
