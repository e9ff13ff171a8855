"""The release as a Frictionless data package: datapackage.json."""

from typing import Any

from export.about import About
from export.files import Written
from export.tables import Column, Table

_MEDIA = {"csv": "text/csv", "jsonl": "application/x-ndjson", "parquet": "application/vnd.apache.parquet"}


def datapackage(about: About, files: dict[Table, dict[str, Written]]) -> dict[str, Any]:
    """The descriptor; CSV files are its tables, the other formats stand beside them as files."""
    resources = [_resource(table, written["csv"]) for table, written in files.items()]
    resources += [
        _file(table, kind, file) for table, written in files.items() for kind, file in written.items() if kind != "csv"
    ]
    return {
        "profile": "data-package",
        "name": about.name,
        "title": about.title,
        "description": about.description,
        "version": about.version,
        "created": about.created,
        "keywords": list(about.keywords),
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "title": "Facts read by kehoach",
                "path": "https://creativecommons.org/licenses/by/4.0/",
            },
            {"name": "other-open", "title": "Texts: as each portal states", "path": "LICENCES.md"},
        ],
        "sources": [{"title": source.title, "path": source.home} for source in about.sources],
        "contributors": [{"title": about.publisher, "role": "publisher"}],
        "resources": resources,
    }


def _resource(table: Table, file: Written) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(table, column) for column in table.columns], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.references:
        schema["foreignKeys"] = [
            {
                "fields": [own],
                "reference": {"resource": "" if other == table.name else _name(other), "fields": [column]},
            }
            for own, (other, column) in table.references.items()
        ]
    return {
        "name": _name(table.name),
        "type": "table",
        "profile": "tabular-data-resource",
        "title": table.name,
        "description": table.about,
        **_common("csv", file),
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "header": True},
        "schema": schema,
    }


def _field(table: Table, column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.kind, "description": column.about}
    # an empty string and null look alike in CSV, so only keys and numbers can be told to be there
    if column.required and (column.kind != "string" or column.name in table.key):
        field["constraints"] = {"required": True}
    return field


def _file(table: Table, kind: str, file: Written) -> dict[str, Any]:
    return {
        "name": f"{_name(table.name)}-{kind}",
        "type": "file",
        "profile": "data-resource",
        "description": f"The table {table.name} in another format",
        **_common(kind, file),
    }


def _common(kind: str, file: Written) -> dict[str, Any]:
    return {
        "path": file.path,
        "format": kind,
        "mediatype": _MEDIA[kind],
        "encoding": "utf-8",
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
    }


def _name(table: str) -> str:
    return table.replace("_", "-")
