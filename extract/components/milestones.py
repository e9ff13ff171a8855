"""Milestones (*tiến độ*): dated steps of the plan."""

from extract.reading import Reading


def read_milestones(reading: Reading) -> None:
    """Fill ``milestones``; a post about no plan has none."""
