"""The columns of the views a researcher begins with, described for the dictionary."""

from pydantic import BaseModel, Field

from schema.rows import IssuerRow, PlanRow, PostRow, TargetRow
from schema.vocabulary_rows import IndicatorRow


def _of(model: type[BaseModel], field: str) -> str:
    return model.model_fields[field].description or ""


class PlanOverview(BaseModel):
    """Plans, each once, as the fullest text about it tells: begin here."""

    province: str | None = Field(description=_of(PlanRow, "province"))
    province_code: str | None = Field(description="Official code of that province on the plan's date")
    province_today: str | None = Field(description=_of(PlanRow, "province_today_id"))
    issuer: str | None = Field(description=_of(PlanRow, "issuer"))
    number: str | None = Field(description=_of(PlanRow, "number"))
    issued: str | None = Field(description=_of(PlanRow, "issued"))
    period: str | None = Field(description="First and last year of the plan's own period")
    title: str = Field(description=_of(PlanRow, "title") + "; the post's headline when it gives none")
    targets: int = Field(description="Number of targets read")
    requirements: int = Field(description="Number of requirements read")
    milestones: int = Field(description="Number of dated steps read")
    texts: int = Field(description="How many posts and attachments tell of this plan")
    kind: str = Field(description="document when the text is the plan itself, news when it reports it")
    published: str | None = Field(description=_of(PostRow, "published"))
    publisher: str | None = Field(description="Who publishes the portal; name it as the source")
    url: str = Field(description=_of(PostRow, "url"))
    file: str | None = Field(description="Attachment of the post that was read; null when it is the post's own text")
    plan_id: str = Field(description="Key of the row in plans")
    document_id: str | None = Field(description="Key of the plan in documents; null without number")
    post_id: str = Field(description="Key of the post in posts")
    attachment_id: str | None = Field(description=_of(PlanRow, "attachment_id"))


class TargetOverview(BaseModel):
    """Targets of the plans in plan_overview, beside the sentences they come from."""

    province: str | None = Field(description=_of(PlanRow, "province"))
    indicator: str | None = Field(description=_of(TargetRow, "indicator"))
    direction: str = Field(description=_of(TargetRow, "direction"))
    value: str | None = Field(description="The number as text: 50, 1.5–2, ≥ 3 (at least) or ≤ 3 (at most)")
    unit: str | None = Field(description=_of(TargetRow, "unit"))
    per: str | None = Field(description=_of(TargetRow, "per"))
    by_when: str | None = Field(description=_of(TargetRow, "by_when"))
    quote: str = Field(description=_of(TargetRow, "quote"))
    plan_number: str | None = Field(description=_of(PlanRow, "number"))
    issued: str | None = Field(description="Date of issue of the plan")
    issuer: str | None = Field(description=_of(PlanRow, "issuer"))
    province_today: str | None = Field(description=_of(PlanRow, "province_today_id"))
    plan_title: str = Field(description="Title of the plan; the post's headline when the text gives none")
    url: str = Field(description=_of(PostRow, "url"))
    file: str | None = Field(description="Attachment of the post that was read; null when it is the post's own text")
    min: float | None = Field(description=_of(TargetRow, "min"))
    max: float | None = Field(description=_of(TargetRow, "max"))
    rule: str = Field(description=_of(TargetRow, "rule"))
    confidence: float = Field(description=_of(TargetRow, "confidence"))
    target_id: str = Field(description="Key of the row in targets")
    plan_id: str = Field(description="Key of the row in plans")


class IndicatorComparison(BaseModel):
    """Targets that name an indicator, side by side over provinces and years in one unit a measure."""

    field: str = Field(description=_of(IndicatorRow, "field"))
    indicator_code: str = Field(description=_of(IndicatorRow, "code"))
    indicator: str = Field(description=_of(IndicatorRow, "name"))
    indicator_en: str = Field(description=_of(IndicatorRow, "name_en"))
    province_today: str | None = Field(description=_of(PlanRow, "province_today_id"))
    province: str | None = Field(description=_of(PlanRow, "province"))
    issuer: str | None = Field(description=_of(PlanRow, "issuer"))
    level: str | None = Field(description=_of(IssuerRow, "level"))
    year: int | None = Field(description=_of(TargetRow, "year"))
    measure: str = Field(description=_of(TargetRow, "measure") + "; compare only equal ones")
    value: float | None = Field(description="One number for it: of a range or bound, the end that promises least")
    value_low: float | None = Field(description=_of(TargetRow, "value_low"))
    value_high: float | None = Field(description=_of(TargetRow, "value_high"))
    unit: str | None = Field(description=_of(TargetRow, "value_unit"))
    better: str = Field(description=_of(IndicatorRow, "better"))
    qualifier: str | None = Field(description=_of(TargetRow, "qualifier"))
    quote: str = Field(description=_of(TargetRow, "quote"))
    plan_number: str | None = Field(description=_of(PlanRow, "number"))
    issued: str | None = Field(description="Date of issue of the plan")
    plan_title: str = Field(description="Title of the plan; the post's headline when the text gives none")
    url: str = Field(description=_of(PostRow, "url"))
    confidence: float = Field(description=_of(TargetRow, "confidence"))
    target_id: str = Field(description="Key of the row in targets")
    plan_id: str = Field(description="Key of the row in plans")
