"""Rows of the vocabularies: provinces in time, types of documents, indicators."""

from pydantic import Field

from schema.row import Row


class ProvinceRow(Row):
    """Provinces and centrally run cities in time: 63 until 30 June 2025, 34 after, and other changes of status."""

    table = "provinces"
    id: str = Field(description="Key of the province in one span of its history, e.g. old:15 or new:15")
    code: str = Field(description="Official code; the same code can denote another territory before and after 2025")
    name: str = Field(description="Name, without tỉnh or thành phố")
    type: str = Field(description="province or city (centrally run)")
    valid_from: str | None = Field(description="First day in this form; null: before the records here begin")
    valid_to: str | None = Field(description="Last day in this form; null: still so")
    successor_id: str | None = Field(description="Province that took over its territory; null when it still exists")
    today_id: str = Field(description="Province that holds its territory today")
    seat: str = Field(description="Seat of its authorities")


class DocumentTypeRow(Row):
    """Types of documents by the abbreviation their numbers carry."""

    table = "document_types"
    symbol: str = Field(description="Abbreviation in the number, e.g. KH")
    name: str = Field(description="Vietnamese name of the type")
    family: str = Field(description="state, normative, party or joint")
    is_plan: int = Field(description="1 for plans (kế hoạch), else 0")


class IndicatorRow(Row):
    """What targets measure (chỉ tiêu): the vocabulary that brings the wordings of plans together."""

    table = "indicators"
    code: str = Field(description="Key: field and name, e.g. poverty.rate")
    name: str = Field(description="Vietnamese name")
    name_en: str = Field(description="English name")
    field: str = Field(description="Field of government, e.g. poverty, health, digital transformation")
    unit: str = Field(description="Unit its level is told in; % for shares")
    kind: str = Field(
        description="level: a state in a year; rate: growth a year; multiple: only the change against a base is told"
    )
    better: str = Field(description="Which way is better: higher, lower or none")
