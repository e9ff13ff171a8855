"""Short posts of our own to read in tests: a plan's text or a report around one passage."""

from functools import cache

from extract.pipeline import load_pipeline
from extract.reading import Reading

PLAN = """KẾ HOẠCH
Phát triển du lịch nông thôn {title}
(Ban hành kèm theo Quyết định số 12/QĐ-UBND ngày 05 tháng 01 năm {issued} của Ủy ban nhân dân tỉnh Gia Lai)

{section}

{body}
"""
REPORT = """Yên Bái triển khai phong trào thi đua

Ngày 16/10/2023, UBND tỉnh Yên Bái ban hành Kế hoạch số 117/KH-UBND về tổ chức phong trào thi đua vì người nghèo.

{body}
"""


@cache
def read(text: str) -> Reading:
    """The reading of a text after the whole pipeline."""
    return load_pipeline()(text)._.reading


def plan(
    body: str, *, title: str = "năm 2025", issued: int = 2025, section: str = "II. NHIỆM VỤ, GIẢI PHÁP"
) -> Reading:
    """A plan whose one section holds ``body``."""
    reading = read(PLAN.format(title=title, issued=issued, section=section, body=body))
    assert reading.kind == "document"
    return reading


def report(body: str) -> Reading:
    """A report of a plan that goes on with ``body``."""
    reading = read(REPORT.format(body=body))
    assert reading.kind == "news"
    return reading


def quotes(items: list) -> list[str]:
    """The quotes of purposes, requirements or milestones, white space evened."""
    return [" ".join(item.quote.split()) for item in items]
