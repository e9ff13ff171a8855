"""What all row models share: columns, keys, and the columns that say where a value was read."""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field

from schema import record


def described(model: type[BaseModel], field: str) -> str:
    """The description of a model's field."""
    return model.model_fields[field].description or ""


class Row(BaseModel):
    """Base of all rows."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    table: ClassVar[str]

    @classmethod
    def columns(cls) -> tuple[str, ...]:
        """The columns in the order of `values`."""
        return tuple(cls.model_fields)

    def values(self) -> tuple[str | int | float | None, ...]:
        """The row's values in the order of `columns`."""
        return tuple(self.__dict__.values())


class Keyed(Row):
    """A row whose key follows from its content."""

    id: str = Field(description="Key: 16 hexadecimal digits that follow from the content, the same in every run")


class EvidenceColumns(BaseModel):
    """Where a value was read, by which rule."""

    span_begin: int = Field(description="Where the quote begins in the text, in code points from 0")
    span_end: int = Field(description="Where the quote ends, exclusive: quote = text[span_begin:span_end]")
    quote: str = Field(description=described(record.Evidence, "quote"))
    rule: str = Field(description=described(record.Evidence, "rule"))
    confidence: float = Field(description=described(record.Evidence, "confidence"))
