"""The columns of the views over links: the cascade, promises compared, coverage, places in time."""

from pydantic import BaseModel, Field

from schema.row import described
from schema.rows import CitationRow, DocumentRow, IssuerRow, PlanRow, PostRow, TargetRow
from schema.vocabulary_rows import IndicatorRow, ProvinceRow

_PLAN = "Key of the row in plans"
_TITLE = "Title of the plan; the post's headline when the text gives none"
_LEVEL = "Level of the issuing body: central, province, department, district, commune, party, front or other"
_TODAY = described(PlanRow, "province_today_id")


class Cascade(BaseModel):
    """What carries out what: one row for each document that a plan names as its basis, whether it is here or not."""

    basis_number: str = Field(description="Number of the document carried out")
    basis_issued: str | None = Field(description="Its date of issue; null when no text gives it")
    basis_issuer: str | None = Field(description="Its issuing body")
    basis_level: str | None = Field(description=_LEVEL)
    basis_type: str | None = Field(description=described(DocumentRow, "type_symbol"))
    basis_plan_id: str | None = Field(description="The document carried out, when it is a plan with a text here")
    basis_title: str | None = Field(description="Its title; null when no text of it is here")
    number: str | None = Field(description="Number of the plan that carries it out")
    issued: str | None = Field(description="Date of issue of that plan")
    issuer: str | None = Field(description=described(PlanRow, "issuer"))
    level: str | None = Field(description=_LEVEL)
    province: str | None = Field(description=described(PlanRow, "province"))
    province_today: str | None = Field(description=_TODAY)
    title: str = Field(description=_TITLE)
    quote: str = Field(description="Where the plan names its basis, letter by letter")
    url: str = Field(description=described(PostRow, "url"))
    plan_id: str = Field(description=_PLAN)
    document_id: str | None = Field(description="Key of the plan in documents; null without number")
    basis_id: str = Field(description="Key of the document carried out, in documents")


class Promises(BaseModel):
    """Targets of a plan beside those of the plan it carries out: who promises more, who less."""

    indicator_code: str = Field(description=described(IndicatorRow, "code"))
    indicator: str = Field(description=described(IndicatorRow, "name"))
    measure: str = Field(description=described(TargetRow, "measure"))
    unit: str | None = Field(description=described(TargetRow, "value_unit"))
    year: int | None = Field(description=described(TargetRow, "year"))
    basis_number: str | None = Field(description="Number of the plan carried out")
    basis_issuer: str | None = Field(description="Who issued it")
    basis_level: str | None = Field(description=_LEVEL)
    basis_value: float | None = Field(description="Its number; of a range or bound, the end that promises least")
    number: str | None = Field(description="Number of the plan that carries it out")
    issuer: str | None = Field(description=described(PlanRow, "issuer"))
    level: str | None = Field(description=_LEVEL)
    province: str | None = Field(description=described(PlanRow, "province"))
    province_today: str | None = Field(description=_TODAY)
    value: float | None = Field(description="Number of that plan; of a range or bound, the end that promises least")
    promise: str | None = Field(description="more, less or equal; null when no direction is better or a number is open")
    qualifier: str | None = Field(description=described(TargetRow, "qualifier") + "; the same on both sides")
    quote: str = Field(description=described(TargetRow, "quote"))
    basis_quote: str = Field(description="The passage of the plan carried out")
    target_id: str = Field(description="Key of the row in targets")
    basis_target_id: str = Field(description="Key of the other side's row in targets")
    plan_id: str = Field(description=_PLAN)
    basis_plan_id: str = Field(description="Key of the plan carried out, in plans")


class CoverageOverview(BaseModel):
    """How many documents are known, by authority, year and type: with a text here, and only from being cited."""

    issuer: str | None = Field(description="Issuing body; null for documents that no mention gives one")
    level: str | None = Field(description=_LEVEL)
    province: str | None = Field(description=described(IssuerRow, "province"))
    year: int | None = Field(description=described(DocumentRow, "year"))
    type: str | None = Field(description=described(DocumentRow, "type_symbol"))
    documents: int = Field(description="Documents known")
    seen: int = Field(description="Of them, with a text here")
    only_cited: int = Field(description="Of them, known only from being cited")
    issuer_id: str | None = Field(description="Key of the row in issuers")


class UnseenDocument(BaseModel):
    """Documents that texts here cite and that have no text here: what to look for."""

    number: str = Field(description=described(DocumentRow, "number"))
    issued: str | None = Field(description=described(DocumentRow, "issued"))
    year: int | None = Field(description=described(DocumentRow, "year"))
    type: str | None = Field(description=described(DocumentRow, "type_symbol"))
    issuer: str | None = Field(description="Issuing body, as most mentions have it")
    level: str | None = Field(description=_LEVEL)
    province: str | None = Field(description=described(DocumentRow, "province"))
    times_cited: int = Field(description="How many texts cite it")
    quote: str | None = Field(description=described(CitationRow, "quote"))
    url: str | None = Field(description="A post that cites it")
    document_id: str = Field(description="Key of the row in documents")


class SeriesGap(BaseModel):
    """Numbers missing between two known ones of a series: documents that nothing here mentions.

    One body may count all its documents together or each type apart, so a gap is a lead, no proof.
    """

    scope: str = Field(description=described(DocumentRow, "scope"))
    province: str | None = Field(description=described(DocumentRow, "province"))
    series: str = Field(description=described(DocumentRow, "series"))
    year: int = Field(description=described(DocumentRow, "year"))
    after_sequence: int = Field(description="Last known number before the gap")
    before_sequence: int = Field(description="First known number after the gap")
    missing: int = Field(description="How many numbers lie between")
    after_number: str = Field(description="Number of the document before the gap")
    after_issued: str | None = Field(description="Its date of issue")
    document_id: str = Field(description="Its key in documents")


class PortalCounts(BaseModel):
    """What each portal's posts come to, counted after the last extract."""

    portal: str = Field(description="Key of the row in portals")
    posts: int = Field(description="Posts held")
    newest_post: str | None = Field(description="Publication date of the newest post")
    plans: int = Field(description="Posts that tell of a plan, as its fullest text or with the file that is it")


class PortalFreshness(BaseModel):
    """How fresh each portal's posts are: when it last gave what was expected of it."""

    portal: str = Field(description="Key of the row in portals")
    publisher: str | None = Field(description="Who publishes the portal")
    province: str | None = Field(description="Province whose portal it is; null for a portal of many provinces")
    last_good: str | None = Field(description="When a crawl last came to a good end here; null: never")
    last_tried: str | None = Field(description="When a crawl last began here")
    last_outcome: str | None = Field(description="How the last crawl ended here")
    posts: int = Field(description="Posts held")
    newest_post: str | None = Field(description="Publication date of the newest post")
    plans: int = Field(description="Posts that tell of a plan, as its fullest text or with the file that is it")


class PlanOfPlace(BaseModel):
    """Plans by place: once under the province as it was (as_of = then), once under today's (as_of = today)."""

    place: str = Field(description=described(ProvinceRow, "name"))
    code: str = Field(description="Official code of that province at that time")
    as_of: str = Field(description="then: the province on the plan's date; today: the one that holds its territory now")
    as_named: str | None = Field(description=described(PlanRow, "province"))
    number: str | None = Field(description=described(PlanRow, "number"))
    issued: str | None = Field(description=described(PlanRow, "issued"))
    issuer: str | None = Field(description=described(PlanRow, "issuer"))
    title: str = Field(description=_TITLE)
    period_begin: int | None = Field(description=described(PlanRow, "period_begin"))
    period_end: int | None = Field(description=described(PlanRow, "period_end"))
    url: str = Field(description=described(PostRow, "url"))
    plan_id: str = Field(description=_PLAN)
    province_id: str = Field(description="Key of the row in provinces")


class ProvinceOverview(BaseModel):
    """Provinces of all times with the plans known of each, then and today."""

    name: str = Field(description=described(ProvinceRow, "name"))
    code: str = Field(description=described(ProvinceRow, "code"))
    type: str = Field(description=described(ProvinceRow, "type"))
    valid_from: str | None = Field(description=described(ProvinceRow, "valid_from"))
    valid_to: str | None = Field(description=described(ProvinceRow, "valid_to"))
    name_today: str = Field(description="Name of the province that holds its territory today")
    code_today: str = Field(description="Its official code today")
    plans_then: int = Field(description="Plans of this province in this form")
    plans_today: int = Field(description="Plans whose territory it holds today, its predecessors' included")
    province_id: str = Field(description="Key of the row in provinces")
    today_id: str = Field(description="Key of the province that holds its territory today")
