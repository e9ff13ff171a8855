"""The portals kehoach knows: one YAML file each in this folder, checked when it is read.

Adding a portal is adding a file. What a file may hold is `Portal`; anything else in it is an error with its line.
"""

import difflib
from datetime import date
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urljoin, urlsplit

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from crawler.families import FAMILIES
from schema.crawl import Kind, PortalRow
from schema.errors import UserError

FOLDER = Path(__file__).parent
CERTIFICATES = FOLDER / "certificates"

Section = Literal["plans", "news", "direction", "legal"]
Status = Literal["sample", "untried", "ok", "gone"]


class Start(BaseModel):
    """A list page to begin at."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    section: Section = Field(description="plans, news, direction (and administration) or legal (documents)")
    url: str = Field(description="Address of the section's first list page; may be relative to home")


class Expectations(BaseModel):
    """What a good crawl of the portal gives; less means that something broke, there or here."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    min_posts: int = Field(default=1, ge=0, description="Fewest posts that the lists lead to")
    fill: dict[Literal["title", "published", "body", "attachments"], float] = Field(
        default_factory=dict, description="Least share of posts, 0 to 1, in which a field is filled"
    )


class Tls(BaseModel):
    """What has to be conceded to a server's old or careless TLS. Its certificate is verified all the same."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    old: bool = Field(default=False, description="Talk to it in ciphers and versions of TLS that are no longer safe")
    intermediate: str | None = Field(
        default=None,
        pattern=r"^[\w.-]+\.pem$",
        description="File in crawler/portals/certificates: the intermediate certificate that its server fails to send",
    )

    @field_validator("intermediate")
    @classmethod
    def _there(cls, name: str | None) -> str | None:
        if name is not None and not (CERTIFICATES / name).is_file():
            raise ValueError(f"no file {CERTIFICATES / name}")
        return name

    @property
    def notes(self) -> tuple[str, ...]:
        """What is conceded, in words for people."""
        old = ("old TLS ciphers and versions allowed",) if self.old else ()
        return (*old, f"certificate chain completed with {self.intermediate}") if self.intermediate else old


class Manners(BaseModel):
    """How a portal is visited."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    delay: float = Field(default=3.0, ge=0, description="Seconds between two requests, at least")
    timeout: float = Field(default=60.0, gt=0, description="Seconds for an answer to be complete")
    requests: int = Field(default=3000, ge=1, description="Most requests in a night")
    pages: int = Field(default=1000, ge=1, description="Most pages of one list; more is taken for a trap")
    megabytes: int = Field(default=50, ge=1, description="Most MB of one answer")


class Portal(BaseModel):
    """A portal as its YAML file describes it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="Short name: the file's name without .yaml")
    publisher: str = Field(min_length=3, description="Who publishes it, in Vietnamese")
    publisher_en: str = Field(min_length=3, description="Who publishes it, in English")
    province: str | None = Field(
        default=None,
        pattern=r"^[a-z0-9]+:\d{2}$",
        description="Key of its province in schema/vocabulary/provinces.csv; none when it speaks for many",
    )
    family: str = Field(description="Software family: a module of crawler/families")
    home: str = Field(description="Address of the home page")
    start: tuple[Start, ...] = Field(min_length=1, description="List pages to begin at, by section")
    domains: tuple[str, ...] = Field(min_length=1, description="Domains that belong to it; the crawl stays inside")
    sitemap: str | None = Field(default=None, description="Sitemap to read for posts that lists do not name")
    cadence: Literal["daily", "weekly", "monthly"] = Field(default="daily", description="How often it is worth a visit")
    sweep: Literal["always", "weekly", "monthly"] = Field(
        default="weekly", description="How often all lists are read to their ends; in between only until all is known"
    )
    file_hosts: tuple[str, ...] = Field(default=(), description="Further hosts that serve its files, and only files")
    manners: Manners = Field(default_factory=Manners, description="How it is visited")
    tls: Tls = Field(default_factory=Tls, description="What its server's TLS needs to be conceded")
    expectations: Expectations = Field(default_factory=Expectations, description="What a good crawl gives")
    valid_from: date | None = Field(default=None, description="First day it served its province")
    valid_to: date | None = Field(default=None, description="Last day it did; set when a successor took over")
    status: Status = Field(description="sample, untried, ok or gone")
    licence: str = Field(min_length=3, description="What it says about reuse, and how to name it as a source")
    note: str | None = Field(default=None, description="For people: what is known of it and what is not, since when")

    @field_validator("family")
    @classmethod
    def _known_family(cls, family: str) -> str:
        if family not in FAMILIES:
            raise ValueError(f"no such family; there are {', '.join(FAMILIES)}")
        return family

    @field_validator("home")
    @classmethod
    def _absolute(cls, home: str) -> str:
        if urlsplit(home).scheme not in ("http", "https") or not urlsplit(home).hostname:
            raise ValueError("not an http(s) address")
        return home

    @model_validator(mode="after")
    def _inside(self) -> "Portal":
        for url in (self.home, *self.start_urls, *([self.sitemap_url] if self.sitemap_url else [])):
            if not self.owns(url):
                raise ValueError(f"{url} lies outside the portal's domains ({', '.join(self.domains)})")
        if self.valid_from and self.valid_to and self.valid_from > self.valid_to:
            raise ValueError("valid_to comes before valid_from")
        return self

    @property
    def start_urls(self) -> tuple[str, ...]:
        """Absolute addresses of the list pages to begin at."""
        return tuple(urljoin(self.home, start.url) for start in self.start)

    @property
    def sitemap_url(self) -> str | None:
        """Absolute address of the sitemap to read."""
        return urljoin(self.home, self.sitemap) if self.sitemap else None

    @property
    def sample(self) -> bool:
        """Whether it is one of the embedded sample portals."""
        return self.status == "sample"

    def owns(self, url: str) -> bool:
        """Whether an address belongs to the portal: on one of its domains or under it."""
        return _on(url, self.domains)

    def admits(self, url: str, kind: Kind) -> bool:
        """Whether an address may be asked for as that kind: files may also lie on the portal's file hosts."""
        return self.owns(url) or (kind in ("attachment", "robots") and _on(url, self.file_hosts))

    def row(self) -> PortalRow:
        """The portal as the database names it."""
        return PortalRow(**self.model_dump(include=set(PortalRow.model_fields)))


def _on(url: str, domains: tuple[str, ...]) -> bool:
    host = urlsplit(url).hostname or ""
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


def read_portal(path: Path) -> Portal:
    """Read and check one portal file.

    Raises:
        UserError: naming file, line and field, when it is no YAML, lacks a field, or holds an unknown or bad one.
    """
    try:
        text = path.read_text(encoding="utf-8")
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
        values = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise UserError(f"{path}, line {line}: not YAML: {error.problem or error.context}") from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UserError(f"{path}: cannot be read: {error}") from error
    if not isinstance(values, dict):
        raise UserError(f"{path}, line 1: expected fields (id:, publisher:, …), one a line")
    try:
        portal = Portal.model_validate(values)
    except ValidationError as error:
        # A misspelt field shows as one unknown and one missing: the unknown one is where the slip is.
        first = min(error.errors(), key=lambda found: found["type"] != "extra_forbidden")
        place = ".".join(str(part) for part in first["loc"])
        message = first["msg"].removeprefix("Value error, ")
        more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
        field = f"field {place}: " if place else ""
        raise UserError(f"{path}, line {_line(tree, first['loc'])}: {field}{message}{more}") from error
    if portal.id != path.stem:
        raise UserError(f"{path}, line {_line(tree, ('id',))}: field id: {portal.id!r} must equal the file's name")
    return portal


def load_portals(folder: Path = FOLDER) -> dict[str, Portal]:
    """Every portal by id; one bad file is an error, so that none is left out in silence."""
    return {path.stem: read_portal(path) for path in sorted(folder.glob("*.yaml"))}


def choose_portals(names: str, folder: Path = FOLDER) -> list[Portal]:
    """The portals a user names: comma-separated ids, "all" for every live one that is not gone, "" for the samples.

    Raises:
        UserError: for an id that no file has, with the ids that come near.
    """
    portals = load_portals(folder)
    wanted = list(dict.fromkeys(name.strip() for name in names.split(",") if name.strip()))
    if not wanted:
        return [portal for portal in portals.values() if portal.sample]
    if wanted == ["all"]:
        return [portal for portal in portals.values() if portal.status in ("untried", "ok")]
    for name in wanted:
        if name not in portals:
            near = difflib.get_close_matches(name.lower(), portals, n=3, cutoff=0.5)
            near += [known for known in portals if name.lower() in known and known not in near][:3]
            hint = f"did you mean {' or '.join(near)}?" if near else "`kehoach portals` lists them"
            raise UserError(f"no portal {name!r}: {hint}")
    return [portals[name] for name in wanted]


def _line(tree: Any, place: tuple[int | str, ...]) -> int:
    """The line of the deepest part of ``place`` that the file has."""
    line = tree.start_mark.line + 1 if tree is not None else 1
    for part in place:
        if isinstance(tree, yaml.MappingNode):
            found = next(((key, value) for key, value in tree.value if key.value == part), None)
            if found is None:
                break
            line, tree = found[0].start_mark.line + 1, found[1]
        elif isinstance(tree, yaml.SequenceNode) and isinstance(part, int) and part < len(tree.value):
            tree = tree.value[part]
            line = tree.start_mark.line + 1
        else:
            break
    return int(line)
