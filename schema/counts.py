"""The columns of the tables of counts, described for the dictionary. They follow from the other tables."""

from pydantic import BaseModel, Field

from schema.rows import IssuerRow


class PlanCounts(BaseModel):
    """How many plans there are, by province of today, level of the issuer and year of issue."""

    province_today: str | None = Field(description="Province that holds their territory today")
    province_today_id: str | None = Field(description="Key of that province")
    level: str = Field(description=f"{IssuerRow.model_fields['level'].description}; other where no issuer is known")
    year: int | None = Field(description="Year of issue")
    plans: int = Field(description="Plans, each once")
    targets: int = Field(description="Targets read in them")
    read_in_full: int = Field(description="Of the plans, those whose text is the plan itself, not a report of it")


class IndicatorCounts(BaseModel):
    """How many targets of plans name each indicator."""

    indicator_code: str = Field(description="Code of the indicator")
    targets: int = Field(description="Targets of plans, each plan once")
    provinces: int = Field(description="Provinces of today whose plans set them")


class PromisePair(BaseModel):
    """Targets that the view promises sets side by side."""

    target_id: str = Field(description="Target of a plan that carries out another")
    basis_target_id: str = Field(description="Target of that other plan: same indicator, measure, unit and year")


class BasisCounts(BaseModel):
    """How many plans are issued under each document."""

    document_id: str = Field(description="Key of the document in documents")
    plans: int = Field(description="Plans that name it as their basis, each once")


class ValueCounts(BaseModel):
    """How many rows a table or view holds, as a whole and for each value of columns of few values."""

    held_in: str = Field(description="Table or view")
    column_name: str = Field(description="Column; empty for the table as a whole")
    value: str = Field(description="Value as text; empty for the table as a whole")
    rows: int = Field(description="How many rows have it")
