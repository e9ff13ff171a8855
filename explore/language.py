"""The site's two languages: which one a reader gets, its words, and how it writes numbers, days and targets."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import yaml

from explore.settings import DIRECTORY
from schema.errors import UserError
from schema.folding import without_marks

LANGUAGES = ("vi", "en")
COOKIE = "kehoach_language"
PARAMETER = "_lang"
Words = Callable[..., str]
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


@cache
def vocabulary(language: str) -> Mapping[str, str]:
    """Key → words of a language, from ``words/<language>.yaml``.

    Raises:
        UserError: naming the file, when it is no flat mapping of texts.
    """
    path = DIRECTORY / "words" / f"{language}.yaml"
    try:
        content: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UserError(f"{path}: {error}") from error
    if not isinstance(content, dict) or not all(isinstance(value, str) for value in content.values()):
        raise UserError(f"{path}: must hold one line of words for each key")
    return content


def words_of(language: str) -> Words:
    """The function that templates call ``t``: a key, and values for its ``{placeholders}``."""
    known = vocabulary(language)

    def words(key: str, **values: object) -> str:
        shown = {name: number(value, language) if isinstance(value, int) else value for name, value in values.items()}
        return known[key].format(**shown)

    return words


def chosen(parameter: str | None, cookie: str | None, accepted: str | None) -> str:
    """The language asked for: in the address, else remembered, else the browser's first that the site has, else vi."""
    for wish in (parameter, cookie):
        if wish in LANGUAGES:
            return wish
    for part in (accepted or "").split(","):
        tag = part.partition(";")[0].strip().partition("-")[0].lower()
        if tag in LANGUAGES:
            return tag
    return LANGUAGES[0]


def number(value: float | None, language: str) -> str:
    """A number as the language writes it: 1.234,5 or 1,234.5; nothing for null."""
    if value is None:
        return ""
    text = f"{value:,.10g}" if isinstance(value, float) else f"{value:,}"
    return text.translate(str.maketrans(",.", ".,")) if language == "vi" else text


def day(value: str | None, language: str) -> str:
    """An ISO date (or time) as the language writes it; a year stays a year, nothing for null."""
    match = _DAY.match(value or "")
    if match and language == "vi":
        return f"{int(match[3])}/{int(match[2])}/{match[1]}"
    return match[0] if match else value or ""


def amount(row: Mapping[str, Any], language: str) -> str:
    """A target's number with bounds, unit and rate: "1,5–2 %/năm", "≥ 3 xã"."""
    least, most = row["min"], row["max"]
    if least is None and most is None:
        return ""
    if least == most:
        figure = number(least, language)
    elif most is None:
        figure = f"≥ {number(least, language)}"
    elif least is None:
        figure = f"≤ {number(most, language)}"
    else:
        figure = f"{number(least, language)}–{number(most, language)}"
    rate = {"vi": "/năm", "en": "/year"}[language] if row["per"] == "year" else ""
    unit = row["unit"] or ""
    return f"{figure}{'' if unit == '%' else ' '}{unit}{rate}".strip()


def in_order(name: str | None) -> tuple[bool, str, str]:
    """The key by which names are put in order, Đà Nẵng among the D's; null names last."""
    return name is None, without_marks(name or ""), name or ""
