"""Confidence is what was measured, drawn towards the average where little was."""

from pathlib import Path

import pytest

from benchmarks.calibrate import as_csv, count, reliability
from extract.confidence import FILE, confidences, read_counts
from schema.errors import UserError


def test_counts_go_through_their_file(tmp_path: Path) -> None:
    texts = [[("targets", "a", True), ("targets", "b", False)], [("targets", "a", True)]]
    counts = count(texts)
    (tmp_path / "c.csv").write_text(as_csv(counts), encoding="utf-8")
    assert read_counts(tmp_path / "c.csv") == counts == {("targets", "a"): (2, 2), ("targets", "b"): (0, 1)}


def test_a_rule_seen_seldom_is_near_the_average() -> None:
    shares = confidences({("targets", "often"): (95, 100), ("targets", "once"): (1, 1)})
    assert shares["targets", ""] == pytest.approx(97 / 103, abs=0.001)
    assert shares["targets", ""] < shares["targets", "once"] < 0.96
    assert shares["targets", "often"] == pytest.approx(0.95, abs=0.005)


def test_a_reading_is_not_measured_on_itself() -> None:
    texts = [[("targets", "a", True)]] * 30 + [[("targets", "a", False)]]
    wrong = reliability(texts).splitlines()[-1]
    assert wrong == "| 0.98 to 1.00 | 1 | 0.996 | 0.000 |"  # the thirty others were right


def test_the_shipped_counts_are_read() -> None:
    assert all(0.5 < share <= 1 for share in confidences(read_counts(FILE)).values())


@pytest.mark.parametrize("line", ["targets,a,3,2", "targets,a,x,2", "targets,a"])
def test_what_is_no_count_is_named_with_its_line(tmp_path: Path, line: str) -> None:
    (tmp_path / "c.csv").write_text(f"kind,rule,right,read\n{line}\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"c\.csv, line 2"):
        read_counts(tmp_path / "c.csv")
