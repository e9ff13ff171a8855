"""The data dictionary: what each table, view and column means. One source, the models' docstrings and fields."""

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, Field, create_model

from schema import rows
from schema.crawl import Fetch, PortalRow
from schema.overviews import PlanOverview, TargetOverview
from schema.runs import RunRow

_FETCH_FIELDS: dict[str, Any] = {name: (field.annotation, field) for name, field in Fetch.model_fields.items()}
FetchRow = create_model(
    "FetchRow",
    __doc__=Fetch.__doc__,
    id=(str, Field(description="Key: follows from portal, address, request and content")),
    run_id=(int | None, Field(description="Run that first got this content")),
    **_FETCH_FIELDS,
)

MODELS: dict[str, type[BaseModel]] = {
    "plan_overview": PlanOverview,
    "target_overview": TargetOverview,
    "portals": PortalRow,
    "runs": RunRow,
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
