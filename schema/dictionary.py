"""The data dictionary: what each table, view and column means. One source, the models' docstrings and fields."""

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, Field, create_model

from schema import rows
from schema.counts import BasisCounts, IndicatorCounts, PlanCounts, PromisePair, ValueCounts
from schema.crawl import Fetch, PortalRow, PortalRun
from schema.link_views import (
    Cascade,
    CoverageOverview,
    PlanOfPlace,
    PortalCounts,
    PortalFreshness,
    Promises,
    ProvinceOverview,
    SeriesGap,
    UnseenDocument,
)
from schema.overviews import IndicatorComparison, PlanOverview, TargetOverview
from schema.runs import RunRow

_FETCH_FIELDS: dict[str, Any] = {name: (field.annotation, field) for name, field in Fetch.model_fields.items()}
FetchRow = create_model(
    "FetchRow",
    __doc__=Fetch.__doc__,
    id=(str, Field(description="Key: follows from portal, address, request and content")),
    run_id=(int | None, Field(description="Run that first got this content")),
    **_FETCH_FIELDS,
    same_as=(str | None, Field(description="First address of the same post, when it stands at several")),
    gone_at=(str | None, Field(description="When the address was first found to hold the post no more")),
    held=(int, Field(description="1 while its run has not met its expectations: the last good state stays")),
    is_current=(int, Field(description="1 for the one state of a post or file that extraction reads")),
)

MODELS: dict[str, type[BaseModel]] = {
    "plan_overview": PlanOverview,
    "target_overview": TargetOverview,
    "indicator_comparison": IndicatorComparison,
    "cascade": Cascade,
    "promises": Promises,
    "plans_of_place": PlanOfPlace,
    "province_overview": ProvinceOverview,
    "coverage_overview": CoverageOverview,
    "unseen_documents": UnseenDocument,
    "series_gaps": SeriesGap,
    "portal_freshness": PortalFreshness,
    "portal_counts": PortalCounts,
    "plan_counts": PlanCounts,
    "indicator_counts": IndicatorCounts,
    "basis_counts": BasisCounts,
    "promise_pairs": PromisePair,
    "value_counts": ValueCounts,
    "portals": PortalRow,
    "runs": RunRow,
    "portal_runs": PortalRun,
    "fetches": FetchRow,
    **{model.table: model for model in rows.ALL},
}
"""Table or view → the model that describes it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a table or view is about, and what each of its columns means."""

    about: str
    columns: dict[str, str]


def dictionary() -> dict[str, Entry]:
    """Table or view → its description and those of its columns."""
    return {
        table: Entry(
            about=" ".join((model.__doc__ or "").split()),
            columns={name: field.description or "" for name, field in model.model_fields.items()},
        )
        for table, model in MODELS.items()
    }
