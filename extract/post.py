"""A post as it comes in, and the record that goes out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TypeVar

from extract.candidates import may_hold_plan
from extract.confidence import confidence
from extract.patterns import digest
from extract.pipeline import load_pipeline
from extract.reading import Reading
from extract.text import canonical
from schema.record import Evidence, Extractor, Meta, Record


@dataclass(frozen=True, slots=True)
class Post:
    """One post's text, with what is known of it beforehand. ``meta`` from its page wins over what the text shows."""

    id: str
    text: str
    url: str | None = None
    meta: Meta | None = None


def extractor_version() -> Extractor:
    """The program's version and the digest of its rules, as every record names them."""
    try:
        program = version("kehoach")
    except PackageNotFoundError:
        program = "0"
    return Extractor(version=program, rules=digest())


def read_post(post: Post, *, gated: bool = True) -> Record:
    """Read one post."""
    return next(read_posts([post], gated=gated))


def read_posts(posts: Iterable[Post], *, gated: bool = True) -> Iterator[Record]:
    """Read posts one after another, in order; memory stays flat however many there are.

    ``gated=False`` is the slow reference path: no text is refused at first sight, every sentence is segmented.
    """
    nlp = load_pipeline(gated)
    extractor = extractor_version()
    for post in posts:
        text = canonical(post.text)
        if gated and not may_hold_plan(text):
            yield _record(post, Reading(text, "", [], [], [], []), extractor)
            continue
        with nlp.memory_zone():
            record = _record(post, nlp(text)._.reading, extractor)
        yield record


def _record(post: Post, reading: Reading, extractor: Extractor) -> Record:
    return Record(
        id=post.id,
        url=post.url,
        kind=reading.kind,
        text=reading.text,
        province=reading.province,
        province_evidence=reading.province_evidence,
        plan=reading.plan,
        documents=_with_confidence("documents", reading.documents),
        purposes=_with_confidence("purposes", reading.purposes),
        requirements=_with_confidence("requirements", reading.requirements),
        targets=_with_confidence("targets", reading.targets),
        milestones=_with_confidence("milestones", reading.milestones),
        meta=_meta(post.meta, reading.meta),
        issues=tuple(reading.issues),
        extractor=extractor,
    )


Item = TypeVar("Item", bound=Evidence)


def _with_confidence(kind: str, items: Iterable[Item]) -> tuple[Item, ...]:
    """The items with the confidence that was measured for their rules."""
    return tuple(item.model_copy(update={"confidence": confidence(kind, item.rule, item.confidence)}) for item in items)


def _meta(page: Meta | None, text: Meta | None) -> Meta:
    page, text = page or Meta(), text or Meta()
    return Meta(
        published=page.published or text.published,
        views=page.views if page.views is not None else text.views,
        author=page.author or text.author,
        source=page.source or text.source,
        attachments=page.attachments or text.attachments,
    )
