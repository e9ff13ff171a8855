"""Rows that follow from all texts together: conflicts between mentions, posts that tell the same text."""

from pydantic import Field

from schema.row import Keyed, Row


class DocumentConflictRow(Keyed):
    """Mentions that contradict each other: both sides are kept, with how many mentions have it so."""

    table = "document_conflicts"
    kind: str = Field(
        description="date: two dates in one year under one number; year: the same day and month in two years; "
        "issuer: two issuers of one document"
    )
    number: str = Field(description="Number and symbol, the most frequent spelling")
    province: str | None = Field(description="Province whose number it is; null for national and unknown ones")
    document_id: str = Field(description="Document on one side")
    value: str = Field(description="What the mentions on this side say: a date, or an issuer")
    mentions: int = Field(description="How many citations and plans say so")
    other_id: str = Field(description="Document on the other side; the same one for two issuers")
    other_value: str = Field(description="What the mentions on the other side say")
    other_mentions: int = Field(description="How many citations and plans say that")


class PostSketchRow(Row):
    """A sketch of each post's text, by which posts with much text in common are found."""

    table = "post_sketches"
    post_id: str = Field(description="Post whose text it is")
    sketch: str = Field(description="Smallest hashes of the text's runs of five words, as hexadecimal digits")


class PostCopyRow(Row):
    """Posts that tell nearly the same text as an earlier post, on the same or another portal."""

    table = "post_copies"
    post_id: str = Field(description="The copy")
    original_id: str = Field(description="Earliest post with that text, by date of publication")
    similarity: float = Field(description="Runs of five words that both have, as a share of those that either has")
