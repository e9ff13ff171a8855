"""CSS selectors on a page's tree, quickly: only nodes that can match at all are held against the selector.

soupsieve tries every selector on every node, which for a page with its menus costs more than all else that is done to
it. What the last part of a selector names (a class, an id, an attribute, a tag) is cheap to look for; the few nodes
that bear it are left to soupsieve. The result is the same, in the same order.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

import soupsieve
from bs4 import Tag


def select(root: Tag, selector: str) -> list[Tag]:
    """All nodes below ``root`` that the selector finds, in the page's order."""
    marks = _marks(selector)
    if marks is None:
        return list(root.select(selector))
    candidates = list(_candidates(root, marks))
    if not candidates:
        return []
    if root.find("template") is not None:
        return list(root.select(selector))  # what a template holds is not on the page, and soupsieve can tell
    return soupsieve.compile(selector).filter(candidates)


def select_one(root: Tag, selector: str) -> Tag | None:
    """The first node below ``root`` that the selector finds."""
    return next(iter(select(root, selector)), None)


@dataclass(slots=True)
class _Marks:
    """What a node must bear, any of it, to match."""

    ids: set[str] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)


@cache
def _marks(selector: str) -> _Marks | None:
    """The marks of a selector, the most telling of each of its alternatives; None when one of them names none."""
    marks = _Marks()
    for part in soupsieve.compile(selector).selectors:
        ids, classes = getattr(part, "ids", ()), getattr(part, "classes", ())
        attributes, tag = getattr(part, "attributes", ()), getattr(part, "tag", None)
        if ids:
            marks.ids.add(ids[0])
        elif classes:
            marks.classes.add(classes[0])
        elif tag is not None and tag.name != "*":
            marks.tags.add(tag.name.lower())
        elif attributes and not attributes[0].inverse:
            marks.attributes.add(attributes[0].attribute.lower())
        else:
            return None
    return marks


def _candidates(root: Tag, marks: _Marks) -> Iterator[Tag]:
    ids, classes, attributes, tags = marks.ids, marks.classes, marks.attributes, marks.tags
    for node in root.descendants:
        if not isinstance(node, Tag):
            continue
        held = node.attrs
        if (
            node.name in tags
            or (classes and not classes.isdisjoint(_classes(held.get("class"))))
            or (ids and held.get("id") in ids)
            or (attributes and not attributes.isdisjoint(held))
        ):
            yield node


def _classes(value: str | list[str] | None) -> list[str]:
    return value.split() if isinstance(value, str) else value or []
