"""The site as data: ``site.yaml`` and one file a canned query in ``queries/``, checked on load."""

import re
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from schema.dictionary import dictionary
from schema.errors import UserError
from schema.value_counts import COUNTED

DIRECTORY = Path(__file__).parent
_Model = TypeVar("_Model", bound=BaseModel)


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Parameter(_Strict):
    """A parameter of a canned query."""

    about: str = Field(min_length=3, description="What to type")
    about_vi: str = Field(min_length=3, description="The same in Vietnamese")
    example: str = Field(description="A value that gives rows, or nothing where nothing may be typed")


class Query(_Strict):
    """A canned query: a question with an answer in one SQL statement."""

    title: str = Field(min_length=3)
    about: str = Field(min_length=10, description="What it answers, for a reader who knows no SQL")
    title_vi: str = Field(min_length=3, description="The title in Vietnamese")
    about_vi: str = Field(min_length=10, description="What it answers, in Vietnamese")
    parameters: dict[str, Parameter]
    sql: str = Field(pattern=r"(?i)^\s*(?:select|with)\b")

    @property
    def example(self) -> dict[str, str]:
        """Values of the parameters that give rows."""
        return {name: parameter.example for name, parameter in self.parameters.items()}

    @model_validator(mode="after")
    def _parameters_are_those_of_the_sql(self) -> "Query":
        used = set(re.findall(r":([a-z_]+)", re.sub(r"'[^']*'", "", self.sql)))
        if used != self.parameters.keys():
            raise ValueError(f"the SQL uses the parameters {sorted(used)}, described are {sorted(self.parameters)}")
        return self


class Table(_Strict):
    """How a table or view is shown."""

    title: str
    facets: tuple[str, ...] = ()
    sort_desc: str | None = None
    sort_by: tuple[str, ...] | None = Field(
        default=None, description="Columns to sort by in a large database; null: all"
    )
    label: str | None = Field(default=None, description="Column shown where another table refers to a row")
    search: bool = Field(default=False, description="Whether the full-text index of posts is its search box")


class Site(_Strict):
    """Titles, notes and settings of the whole site."""

    title: str
    about: str
    begin: dict[str, str] = Field(description="Address → what stands there, for the first page")
    source: str
    source_url: str
    license: str
    license_url: str
    settings: dict[str, int | bool]
    tables: dict[str, Table]
    hidden: tuple[str, ...]

    @model_validator(mode="after")
    def _tables_and_columns_exist(self) -> "Site":
        known = dictionary()
        if wrong := sorted(self.tables.keys() ^ known.keys()):
            raise ValueError(f"tables described on one side only: {', '.join(wrong)}")
        for name, table in self.tables.items():
            columns = {*table.facets, *(table.sort_by or ()), table.sort_desc, table.label} - {None}
            if wrong := sorted(str(column) for column in columns - known[name].columns.keys()):
                raise ValueError(f"tables.{name}: no column {', '.join(wrong)}")
            if wrong := sorted(set(table.facets) - set(COUNTED.get(name, table.facets))):
                raise ValueError(f"tables.{name}: no counts of {', '.join(wrong)} (schema/value_counts.py)")
        return self


def load_site(path: Path = DIRECTORY / "site.yaml") -> Site:
    """The site's settings.

    Raises:
        UserError: naming file and field, when they do not fit the schema or name what the database does not have.
    """
    return _load(path, Site)


def load_queries(directory: Path = DIRECTORY / "queries") -> dict[str, Query]:
    """Name → canned query, by name.

    Raises:
        UserError: naming file and field, when a query does not fit the schema.
    """
    return {path.stem: _load(path, Query) for path in sorted(directory.glob("*.yaml"))}


def _load(path: Path, model: type[_Model]) -> _Model:
    try:
        content: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
        return model.model_validate(content)
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{path}: {error}") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise UserError(f"{path}{line}: {getattr(error, 'problem', None) or error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise UserError(f"{path}: {'.'.join(map(str, first['loc'])) or 'file'}: {first['msg']}") from error
