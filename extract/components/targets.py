"""Targets (*chỉ tiêu*): quantified aims of the plan."""

from extract.reading import Reading


def read_targets(reading: Reading) -> None:
    """Fill ``targets``; a post about no plan promises nothing."""
