"""The rows that extraction writes, one model a table: the columns in their order, with their descriptions.

A column that holds a value of the record takes its description from the record's field, so each is written once.
"""

from pydantic import Field

from schema import record
from schema.link_rows import DocumentConflictRow, PostCopyRow, PostSketchRow
from schema.row import EvidenceColumns, Keyed, Row, described
from schema.vocabulary_rows import DocumentTypeRow, IndicatorRow, ProvinceRow

_POST = "Post the row was read from"
_ATTACHMENT = "Attachment whose text the spans point into; null when it is the post's own text"
_SCOPE = "Territory in which the number is unique; empty for national ones or when unknown"
_ORDINAL = "Place in the order of the text, from 0"
_ISSUER = "Issuing body as an entity"


class IssuerRow(Keyed):
    """Bodies that issue documents. Spellings of one body (UBND, Ủy ban nhân dân; Sở TT&TT) are one row."""

    table = "issuers"
    name: str = Field(description="Name as most texts give it")
    body: str | None = Field(description="Kind of body in the vocabulary, e.g. Sở Y tế; null for an unknown kind")
    level: str = Field(description="central, province, department, district, commune, party, front or other")
    province: str | None = Field(description="Province in its name; null when the name gives none")


class DocumentRow(Keyed):
    """Administrative and legal documents, each once: plans, and whatever plans and posts cite by number.

    Mentions are one document when number, territory and date agree; a mention without a date joins when only one date
    is known. Two dates of one number stay two documents, and document_conflicts shows them.
    """

    table = "documents"
    number: str = Field(description=described(record.Document, "number") + "; the most frequent spelling")
    issued: str | None = Field(description="Date of issue, ISO; null when no text gives it")
    issuer_id: str | None = Field(description=f"{_ISSUER}, as most mentions have it; null when none names it")
    type_symbol: str | None = Field(description="Type by the number's symbol; null when the symbol is unknown")
    province: str | None = Field(description="Province whose number it is; null for national and unknown ones")
    number_key: str | None = Field(default=None, description="The number as it is compared: small letters, no blanks")
    scope: str | None = Field(
        default=None, description="Territory in which the number is unique; empty for national ones, null when unknown"
    )
    series: str | None = Field(default=None, description="Series the number belongs to, e.g. kh-ubnd")
    sequence: int | None = Field(default=None, description="Place in the series of its year; null without digits")
    year: int | None = Field(default=None, description="Year of issue, by date or by a number that holds its year")


class PostRow(Keyed):
    """Posts of portals, each in its newest archived state, with the text that all spans point into."""

    table = "posts"
    search_id: int = Field(description="Row number in the full-text index post_search")
    fetch_id: str = Field(description="Fetch whose bytes were read")
    portal_id: str = Field(description="Portal that published it")
    url: str = Field(description="Address of the post")
    kind: str = Field(description=described(record.Record, "kind"))
    title: str = Field(description="Headline, as shown")
    published: str | None = Field(description=described(record.Meta, "published"))
    views: int | None = Field(description=described(record.Meta, "views"))
    author: str | None = Field(description=described(record.Meta, "author"))
    source: str | None = Field(description=described(record.Meta, "source"))
    text: str = Field(description=described(record.Record, "text"))
    program: str = Field(description=described(record.Extractor, "version"))
    rules: str = Field(description=described(record.Extractor, "rules"))


class AttachmentRow(Keyed):
    """Files that posts offer, with their text where they could be read."""

    table = "attachments"
    post_id: str = Field(description="Post that offers the file")
    fetch_id: str | None = Field(description="Fetch whose bytes were read; null when the file was not archived")
    ordinal: int = Field(description="Place among the post's files, from 0")
    title: str = Field(description="Words of the link")
    url: str = Field(description="Address of the file")
    content_type: str | None = Field(description="Type of the file as its bytes show, else as sent")
    pages: int | None = Field(description="Number of pages; null for files without pages")
    has_text: int | None = Field(description="1 with a text layer, 0 for a scan (a signature stamp is no text layer)")
    reason: str | None = Field(description="Why there is no text; null when there is")
    kind: str | None = Field(description="As posts.kind, for the file's text; null without text")
    text: str | None = Field(description="Text of the file, which the spans of its rows point into")
    page_begins: str | None = Field(description="JSON array: where each page begins in the text, in code points")


class PlanRow(Keyed):
    """Plans (kế hoạch) as single texts tell them: one row for each post or attachment that is about a plan.

    Several texts can tell of one plan: they share document_id, and the fullest of them leads (leads = 1).
    """

    table = "plans"
    post_id: str = Field(description=_POST)
    attachment_id: str | None = Field(description=_ATTACHMENT)
    document_id: str | None = Field(
        description="The plan as a document; a numberless file takes the number of its post's plan; null without number"
    )
    leads: int = Field(description="1 for the fullest text about this plan, 0 for texts that tell the same plan again")
    number: str | None = Field(description=described(record.Plan, "number"))
    issued: str | None = Field(description=described(record.Plan, "issued"))
    issuer: str | None = Field(description=described(record.Plan, "issuer"))
    issuer_id: str | None = Field(description=_ISSUER)
    title: str | None = Field(description=described(record.Plan, "title_quote"))
    period_begin: int | None = Field(description="First year of the plan's own period")
    period_end: int | None = Field(description="Last year of the plan's own period")
    province: str | None = Field(description=described(record.Record, "province"))
    province_id: str | None = Field(
        description="What that name denoted on the plan's date (else the post's); null when no date decides"
    )
    province_today_id: str | None = Field(description="Province that holds its territory today")


class PlanEvidenceRow(Keyed, EvidenceColumns):
    """Where each value of a plan was read."""

    table = "plan_evidence"
    plan_id: str = Field(description="Plan whose value it is")
    field: str = Field(description="Which value: number, issued, issuer, title, period or province")


class CitationRow(Keyed, EvidenceColumns):
    """Mentions of documents by number in posts and attachments."""

    table = "citations"
    post_id: str = Field(description=_POST)
    attachment_id: str | None = Field(description=_ATTACHMENT)
    document_id: str = Field(description="The document mentioned")
    ordinal: int = Field(description=_ORDINAL)
    role: str = Field(description=described(record.Document, "role"))
    number: str = Field(description=described(record.Document, "number"))
    issued: str | None = Field(description=described(record.Document, "issued"))
    issuer: str | None = Field(description=described(record.Document, "issuer"))
    issuer_id: str | None = Field(description=_ISSUER)
    scope: str = Field(description=_SCOPE)


class PurposeRow(Keyed, EvidenceColumns):
    """Purposes (mục đích) that plans state."""

    table = "purposes"
    plan_id: str = Field(description="Plan that states it")
    ordinal: int = Field(description=_ORDINAL)


class RequirementRow(Keyed, EvidenceColumns):
    """Requirements and orders (yêu cầu) to those who carry a plan out."""

    table = "requirements"
    plan_id: str = Field(description="Plan that makes it")
    ordinal: int = Field(description=_ORDINAL)
    actors: str = Field(description="JSON array: " + described(record.Requirement, "actors"))
    due: str | None = Field(description=described(record.Requirement, "due"))


class TargetRow(Keyed, EvidenceColumns):
    """Targets (chỉ tiêu): one number to be reached, kept, raised or cut."""

    table = "targets"
    plan_id: str = Field(description="Plan that sets it")
    ordinal: int = Field(description=_ORDINAL)
    indicator: str | None = Field(description=described(record.Target, "indicator"))
    direction: str = Field(description=described(record.Target, "direction"))
    min: float | None = Field(description=described(record.Target, "min"))
    max: float | None = Field(description=described(record.Target, "max"))
    unit: str | None = Field(description=described(record.Target, "unit"))
    per: str | None = Field(description=described(record.Target, "per"))
    by_when: str | None = Field(description=described(record.Target, "by"))
    indicator_code: str | None = Field(
        default=None,
        description="Indicator that the words name; null when they name none of the vocabulary for certain",
    )
    qualifier: str | None = Field(
        default=None, description="Words that narrow the indicator, e.g. vùng miền núi; null when it is told as a whole"
    )
    measure: str | None = Field(
        default=None,
        description="How the number reads: level (state in a year), rate (change a year), change, multiple (lần)",
    )
    value_low: float | None = Field(
        default=None, description="Lower bound in value_unit; a cut counts below zero; null when open"
    )
    value_high: float | None = Field(default=None, description="Upper bound in value_unit; null when open")
    value_unit: str | None = Field(
        default=None,
        description="Base unit without number words (đồng, not tỷ đồng); điểm %: change of a share in points",
    )
    year: int | None = Field(
        default=None, description="Year the number is for: of by_when, else the last of the plan's period"
    )


class MilestoneRow(Keyed, EvidenceColumns):
    """Dated steps (tiến độ)."""

    table = "milestones"
    plan_id: str = Field(description="Plan that sets it")
    ordinal: int = Field(description=_ORDINAL)
    start_date: str | None = Field(description=described(record.Milestone, "start"))
    end_date: str | None = Field(description=described(record.Milestone, "end"))


class IssueRow(Keyed):
    """What was met and could not be read: nothing is dropped in silence."""

    table = "issues"
    stage: str = Field(description="crawl or extract")
    place: str = Field(description="Where: an address, or an archive file with the record's offset")
    fetch_id: str | None = Field(default=None, description="Fetch it was met in")
    post_id: str | None = Field(default=None, description=_POST)
    attachment_id: str | None = Field(default=None, description=_ATTACHMENT)
    code: str = Field(description=described(record.Issue, "code"))
    message: str = Field(description=described(record.Issue, "message"))
    span_begin: int | None = Field(default=None, description="Where it begins in the text; null outside a text")
    span_end: int | None = Field(default=None, description="Where it ends, exclusive")
    quote: str | None = Field(default=None, description="The passage, letter by letter")


ALL: tuple[type[Row], ...] = (
    ProvinceRow,
    DocumentTypeRow,
    IndicatorRow,
    IssuerRow,
    DocumentRow,
    PostRow,
    AttachmentRow,
    PlanRow,
    PlanEvidenceRow,
    CitationRow,
    PurposeRow,
    RequirementRow,
    TargetRow,
    MilestoneRow,
    IssueRow,
    DocumentConflictRow,
    PostSketchRow,
    PostCopyRow,
)
"""All row models, in an order in which a row's references come before it."""
