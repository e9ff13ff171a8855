"""Hostile texts: a megabyte of the same few characters, as a broken converter or an attacker may send it.

No pattern may take more than linear time over them: a megabyte of each is read in about a second, and four times as
much of a paragraph that is nothing but values takes about four times as long.
"""

import time

from extract.post import Post, read_post

HEAD = (
    "KẾ HOẠCH\nPhát triển du lịch năm 2025\n(Kèm theo Quyết định số 12/QĐ-UBND ngày 05 tháng 01 năm 2025 của Ủy ban "
    "nhân dân tỉnh Gia Lai)\n\nI. MỤC TIÊU\n- Phấn đấu 95% số xã đạt chuẩn.\n\n"
)
HOSTILE = (
    *(
        "1",
        "12 ",
        "1.",
        "1,",
        "1/",
        "1-",
        "0",
        "-",
        "- ",
        "–",
        " ",
        "\u00a0",
        "\t",
        "\n",
        " \n",
        "(",
        "[",
        "((1",
        ")",
        "]",
    ),
    *("%", ":", ".", "…", ",", "/KH-", "a", "A", "Á ", "**", "|", "_", "của ", "số ", "năm ", "ngày ", "“", "a\u0300"),
)
DENSE = (
    *("1/KH-UBND, ", "ngày 1 tháng 1 năm 2025, ", "1 triệu đồng/người/năm ", "- a\n", "1. ", "yêu cầu ", "Sở Y tế, "),
    *("1% ", "½", "gấp 2 lần ", "."),
)


def hostile(unit: str, size: int) -> str:
    """A plan that is followed by about `size` bytes of the same unit."""
    return HEAD + unit * (size // len(unit.encode()))


def seconds(unit: str, size: int) -> float:
    """Seconds of the processor to read a hostile text."""
    post = Post("a", hostile(unit, size))
    begun = time.process_time()
    read_post(post)
    return time.process_time() - begun


def main() -> None:
    """Measure and print the slowest."""
    seconds("a", 1000)
    taken = {unit: seconds(unit, 1_000_000) for unit in HOSTILE}
    slowest = max(taken, key=taken.__getitem__)
    print(
        f"a hostile megabyte, the slowest of {len(taken)}: {taken[slowest]:.2f} s of {slowest!r}; "
        f"all of them {sum(taken.values()) / len(taken):.2f} s on average"
    )
    growth = {unit: seconds(unit, 80_000) / seconds(unit, 20_000) for unit in DENSE}
    steepest = max(growth, key=growth.__getitem__)
    print(
        f"four times as many values, the steepest of {len(growth)}: {growth[steepest]:.1f} × the time, of {steepest!r}"
    )


if __name__ == "__main__":
    main()
