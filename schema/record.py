"""The record: what kehoach reads from one post.

The models are the single source of the JSON Schema, the database's column descriptions and the data dictionary.
Offsets are Unicode code points into ``Record.text``, end exclusive; ``quote == text[begin:end]`` always.
"""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Span = Annotated[tuple[int, int], Field(description="[begin, end) offsets into the record's text, in code points")]
Kind = Literal["news", "document", "other"]
Role = Literal["subject", "basis", "cited"]
Direction = Literal["decrease", "increase", "reach", "maintain"]
IsoDate = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class Strict(BaseModel):
    """Base of all record models: immutable, and no field but those named."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(Strict):
    """Where a value was read, and by which rule."""

    quote: str = Field(description="The passage, letter by letter")
    span: Span
    rule: str = Field(description="Id of the rule that read the value")
    confidence: float = Field(ge=0, le=1, description="How often readings of this kind are right on annotated text")


class Document(Evidence):
    """An administrative or legal document cited with a number (*văn bản*)."""

    number: str = Field(description="Digits and symbol without inner spaces, e.g. 446/KH-CTK")
    issued: IsoDate | None = Field(description="Date of issue written with the number, else null")
    issuer: str | None = Field(description="Issuing body as the text names it, with its place, else null")
    role: Role = Field(description="subject: the plan itself; basis: what it is issued under; cited: the rest")


class Target(Evidence):
    """A quantified aim (*chỉ tiêu*): one number to be reached, kept, raised or cut."""

    indicator: str | None = Field(description="The words for what is measured")
    direction: Direction = Field(description="decrease, increase, reach (a level) or maintain")
    min: float | None = Field(description="Lower bound; equal to max for a point value; null when open")
    max: float | None = Field(description="Upper bound; null when open")
    unit: str | None = Field(description="% or the counted noun as written; lần for multiples")
    per: Literal["year"] | None = Field(description="year for yearly rates, else null")
    by: str | None = Field(pattern=r"^\d{4}(-\d{2}-\d{2})?$", description="Year or ISO date by which, else null")


class Purpose(Evidence):
    """A purpose (*mục đích*) the plan states for itself."""


class Requirement(Evidence):
    """A requirement or order (*yêu cầu*) to those who carry the plan out."""

    actors: tuple[str, ...] = Field(default=(), description="Bodies asked to act, as named")
    due: IsoDate | None = Field(default=None, description="Date by which, when the sentence gives one")


class Milestone(Evidence):
    """A dated step (*tiến độ*): something to be done by or within a time."""

    start: IsoDate | None = Field(description="First day, null when only an end is given")
    end: IsoDate | None = Field(description="Last day, null when only a beginning is given")


class PlanEvidence(Strict):
    """Where each value of the plan was read."""

    number: Evidence | None = None
    issued: Evidence | None = None
    issuer: Evidence | None = None
    title_quote: Evidence | None = None
    period: Evidence | None = None


class Plan(Strict):
    """The plan (*kế hoạch*) the post is about."""

    number: str | None = Field(description="Number and symbol, null when the text gives none")
    issued: IsoDate | None = Field(description="Date of issue")
    issuer: str | None = Field(description="Issuing body with its place")
    title_quote: str | None = Field(description="Title as the text gives it, without the number")
    period: tuple[int, int] | None = Field(description="First and last year of the plan's own period")
    evidence: PlanEvidence = Field(description="Passage and rule of each value")


class Meta(Strict):
    """What the page around the text shows."""

    published: str | None = Field(default=None, description="Publication date or time, ISO 8601")
    views: int | None = Field(default=None, description="View count of the post; never a site-wide counter")
    author: str | None = Field(default=None, description="Author as shown")
    source: str | None = Field(default=None, description="Source as shown")
    attachments: tuple[str, ...] = Field(default=(), description="Names of attached files, as shown")


class Issue(Strict):
    """Something met in the text that could not be read; never dropped in silence."""

    code: str = Field(description="Class of the problem, e.g. date.impossible")
    message: str = Field(description="One line: what was met")
    span: Span | None = Field(default=None)


class Extractor(Strict):
    """Which program made the record."""

    version: str = Field(description="Version of kehoach")
    rules: str = Field(description="Digest of the rules, the vocabularies and the code that applies them")


class Record(Strict):
    """Everything read from one post."""

    id: str = Field(description="The post's id, as given")
    url: str | None = Field(default=None, description="Where the post stands, as given")
    kind: Kind = Field(description="document: the plan itself; news: a report of a plan; other: no plan")
    text: str = Field(description="The canonical text (NFC) that all spans point into")
    province: str | None = Field(description="Province the plan applies to, as named, without tỉnh / thành phố")
    province_evidence: Evidence | None = Field(default=None, description="Where the province was read")
    plan: Plan | None = Field(description="The plan the post is about; null for kind other")
    documents: tuple[Document, ...] = Field(description="Documents cited with a number, once each, the plan included")
    purposes: tuple[Purpose, ...] = Field(description="Purposes in the order of the text")
    requirements: tuple[Requirement, ...] = Field(description="Requirements in the order of the text")
    targets: tuple[Target, ...] = Field(description="Targets in the order of the text")
    milestones: tuple[Milestone, ...] = Field(description="Milestones in the order of the text")
    meta: Meta = Field(description="Publication facts shown around the text")
    issues: tuple[Issue, ...] = Field(default=(), description="What was met and could not be read")
    extractor: Extractor

    @model_validator(mode="after")
    def _quotes_are_in_the_text(self) -> Self:
        for item in self.evidence():
            begin, end = item.span
            if self.text[begin:end] != item.quote:
                raise ValueError(f"span {item.span} does not point at its quote ({item.rule})")
        return self

    def evidence(self) -> list[Evidence]:
        """Every piece of evidence the record holds."""
        found: list[Evidence | None] = [*self.documents, *self.purposes, *self.requirements, *self.targets]
        found += [*self.milestones, self.province_evidence]
        if self.plan:
            found += [getattr(self.plan.evidence, name) for name in PlanEvidence.model_fields]
        return [item for item in found if item is not None]
