"""What a release says of itself: name, version, sources with their licences, how to cite it."""

from dataclasses import dataclass
from importlib.metadata import version

from sqlite_utils import Database

_NEWEST = "SELECT max(coalesce(seen_at, fetched_at)) FROM fetches"
_SOURCES = """
SELECT portals.publisher, portals.publisher_en, portals.home, portals.licence, count(*)
FROM posts JOIN portals ON portals.id = posts.portal_id
GROUP BY portals.id ORDER BY portals.id
"""


@dataclass(frozen=True, slots=True)
class Source:
    """A portal whose posts the release holds."""

    title: str
    title_en: str
    home: str
    licence: str
    posts: int


@dataclass(frozen=True, slots=True)
class About:
    """A release. ``version`` and ``created`` follow from the newest content, so the same data make the same release."""

    version: str
    created: str
    sources: tuple[Source, ...]
    program: str
    name: str = "kehoach"
    title: str = "kehoach: plans of Vietnamese provinces"
    publisher: str = "kehoach contributors"
    licence: str = "Facts read by kehoach: CC BY 4.0. Texts: as each portal states (LICENCES.md)"
    keywords: tuple[str, ...] = ("Vietnam", "kế hoạch", "policy", "targets", "provinces", "open government")

    @property
    def description(self) -> str:
        """One paragraph."""
        return (
            "Which authority issued which plan (kế hoạch), on what basis, for which years, promising which numbers by"
            " when, and asking whom to do what; every value with the passage it was read from."
            f" Read by kehoach {self.program} from posts of {len(self.sources)} portals."
        )

    @property
    def cite_as(self) -> str:
        """How to name the release."""
        return f"{self.publisher} ({self.created[:4]}): {self.title}, release {self.version}."


def about(database: Database) -> About:
    """What the database's content says of the release made from it."""
    (newest,) = database.execute(_NEWEST).fetchone()
    moment = str(newest or "1970-01-01")
    created = f"{moment[:19] if len(moment) > 10 else f'{moment}T00:00:00'}Z"  # times here are in UTC
    sources = tuple(
        Source(row[0] or "", row[1] or "", row[2] or "", row[3] or "", row[4]) for row in database.execute(_SOURCES)
    )
    return About(version=created[:10].replace("-", "."), created=created, sources=sources, program=version("kehoach"))


def citation(told: About) -> str:
    """CITATION.cff, version 1.2.0 of the format."""
    return "\n".join(
        [
            "cff-version: 1.2.0",
            "message: If you use these data, please cite them as below, and name the portals as the source of texts.",
            "type: dataset",
            f'title: "{told.title}"',
            "authors:",
            f'  - name: "{told.publisher}"',
            f'version: "{told.version}"',
            f"date-released: {told.created[:10]}",
            "license: CC-BY-4.0",
            "",
        ]
    )


def licences(told: About) -> str:
    """LICENCES.md: whose texts these are."""
    lines = [
        "# Licences",
        "",
        "The facts (numbers, dates, targets, links between documents) were read by kehoach and may be used under",
        "CC BY 4.0. The texts (posts, attachments, quotes) are the portals': for each, what it states about reuse.",
        "Legal and administrative documents are outside copyright in Vietnam; news articles are not.",
        "",
        "| Portal | Publisher | Posts | Reuse |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {_cell(source.home)} | {_cell(source.title)} ({_cell(source.title_en)}) | {source.posts:,} |"
        f" {_cell(source.licence)} |"
        for source in told.sources
    ]
    return "\n".join([*lines, ""])


def _cell(words: str) -> str:
    return " ".join(words.replace("|", "\\|").split())
