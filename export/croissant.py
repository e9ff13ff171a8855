"""The release as a data set for machine learning tools: croissant.json (MLCommons Croissant 1.0).

References between tables stand in datapackage.json only: readers of this format would join the tables on them.
"""

from typing import Any

from export.about import About
from export.files import Written
from export.tables import Table

_TYPES = {"string": "sc:Text", "integer": "sc:Integer", "number": "sc:Float"}
_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def croissant(about: About, files: dict[Table, dict[str, Written]]) -> dict[str, Any]:
    """The description; the record sets are read from the CSV files."""
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": about.name,
        "description": about.description,
        "version": about.version,
        "datePublished": about.created[:10],
        "license": about.licence,
        "url": "datapackage.json",
        "creator": {"@type": "sc:Organization", "name": about.publisher},
        "keywords": list(about.keywords),
        "inLanguage": ["vi", "en"],
        "citeAs": about.cite_as,
        "isLiveDataset": True,
        "distribution": [_file(table, file["csv"]) for table, file in files.items()],
        "recordSet": [_records(table) for table in files],
    }


def _file(table: Table, file: Written) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": f"{table.name}.csv",
        "name": f"{table.name}.csv",
        "description": table.about,
        "contentUrl": file.path,
        "contentSize": f"{file.bytes} B",
        "encodingFormat": "text/csv",
        "sha256": file.sha256,
    }


def _records(table: Table) -> dict[str, Any]:
    records: dict[str, Any] = {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.about,
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{table.name}/{column.name}",
                "name": f"{table.name}/{column.name}",
                "description": column.about,
                "dataType": _TYPES[column.kind],
                "source": {"fileObject": {"@id": f"{table.name}.csv"}, "extract": {"column": column.name}},
            }
            for column in table.columns
        ],
    }
    if table.key:
        keys = [{"@id": f"{table.name}/{column}"} for column in table.key]
        records["key"] = keys if len(keys) > 1 else keys[0]
    return records
