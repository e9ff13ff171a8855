"""What a visit gave, held against what the portal's file expects of it and what it gave before."""

from collections.abc import Mapping, Sequence
from statistics import median

from crawler.outcomes import MEANINGS
from crawler.portals import Portal
from crawler.visit import Visit
from schema.crawl import PortalRun
from schema.portal_runs import shares

HISTORY = 5
"""Good runs before this one that it is compared with."""

_SHRUNK = 0.5  # of the posts that sweeps found before
# What every post of a portal's template has, and what depends on what the post is about as well: of the latter only
# many posts tell something.
_ALWAYS = ("title", "published", "body")
_OFTEN = ("number", "attachments", "author", "summary", "source")
_MANY = 10
_GONE = 0.2  # of the known posts, in one night


def judge(
    visit: Visit, posts: int, filled: Mapping[str, float], gone: int, history: Sequence[PortalRun]
) -> tuple[str, ...]:
    """Why a visit's posts must not count yet, in words for people; empty when it gave what was to be expected.

    ``posts`` and ``filled`` are of the posts that no verdict was passed on yet, ``history`` of good runs, newest first.
    """
    portal = visit.portal
    if not visit.lists and not visit.posts_found:
        return (_nothing(visit),)
    reasons = [*_numbers(visit, history), *_fills(portal, posts, filled, history)]
    known = sum(known.kind == "post" for known in visit.known.values())
    if gone > 5 and gone > _GONE * known:
        reasons.append(f"{gone} of {known} known posts are gone at once")
    return tuple(reasons)


def _nothing(visit: Visit) -> str:
    worst = visit.troubles.most_common(1)
    if not worst:
        return visit.over or "no list page could be read"
    return f"no list page could be read: {worst[0][0]} ({MEANINGS.get(worst[0][0], 'unknown')})"


def _numbers(visit: Visit, history: Sequence[PortalRun]) -> list[str]:
    if visit.mode == "backfill":
        return []
    least = (
        visit.portal.expectations.min_posts if visit.mode == "sweep" else min(visit.portal.expectations.min_posts, 1)
    )
    if visit.posts_found < least:
        return [f"{visit.posts_found} posts where at least {least} are expected"]
    before = [run.posts_found for run in history if run.mode == visit.mode == "sweep" and run.complete]
    if before and visit.over is None and visit.posts_found < _SHRUNK * median(before):
        return [f"{visit.posts_found} posts where sweeps before found {median(before):.0f}"]
    return []


def _fills(portal: Portal, posts: int, filled: Mapping[str, float], history: Sequence[PortalRun]) -> list[str]:
    if not posts:
        return []
    reasons = []
    past = _past(history)
    for part in (*_ALWAYS, *_OFTEN):
        share = filled.get(part, 0.0)
        declared = portal.expectations.fill.get(part)  # type: ignore[call-overload]
        if declared is not None and _falls_short(posts, share, declared):
            reasons.append(f"{part} filled in {share:.0%} of {posts} posts where {declared:.0%} are expected")
        elif (
            _falls_short(posts, share, past.get(part, 0.0))
            if part in _ALWAYS
            else _vanishes(posts, share, past.get(part, 0.0))
        ):
            reasons.append(f"{part} filled in {share:.0%} of {posts} posts where it was {past[part]:.0%} before")
    return reasons


def _past(history: Sequence[PortalRun]) -> dict[str, float]:
    """The share of posts that filled each part in good runs before, each weighed by its posts.

    The newest accepted run begins history anew: a person has said that it is how things are now.
    """
    runs = []
    for run in history:
        if run.judged:
            runs.append(run)
        if run.outcome == "accepted":
            break
    total = sum(run.judged for run in runs)
    parts = {part for run in runs for part in shares(run)}
    return {part: sum(shares(run).get(part, 0.0) * run.judged for run in runs) / total for part in parts}


def _falls_short(posts: int, share: float, expected: float) -> bool:
    """Whether so many posts lack a part that it cannot be chance: a few always may, but not all of several."""
    missing = round(posts * (1 - share))
    if share == 0 and expected >= 0.5 and posts >= 2:
        return True
    return missing > posts * (1 - expected) + max(2.0, 0.1 * posts)


def _vanishes(posts: int, share: float, expected: float) -> bool:
    """Whether a part that posts often have is gone from almost all of many."""
    return posts >= _MANY and expected >= 0.4 and share <= 0.2 * expected
