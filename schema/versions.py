"""Which state of which address counts: edited posts, posts at two addresses, states that are kept apart.

A fetch row is one state of one address. An address shows the state that was seen last, so a post that was changed and
changed back is again what it was. Two addresses of a portal that show the same content are one post, known by the
address met first; they stay one until both have been seen to differ. States that are held back do not count at all.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlite_utils import Database

from schema.database import transaction

_STATES = """
SELECT id, portal, kind, url, coalesce(body, ''), content_digest, coalesce(seen_at, fetched_at), fetched_at,
    gone_at, same_as, is_current
FROM fetches
WHERE kind IN ('post', 'attachment') AND outcome = 'ok' AND warc_file IS NOT NULL AND held = 0 {of_portal}
"""


@dataclass(frozen=True, slots=True)
class _State:
    id: str
    portal: str
    kind: str
    url: str
    body: str
    digest: str | None
    seen: str
    fetched: str
    gone: str | None
    same_as: str | None
    is_current: int

    @property
    def address(self) -> tuple[str, str, str, str]:
        return self.portal, self.kind, self.body, self.url


@dataclass(slots=True)
class _Address:
    """An address with the state it shows; ``first`` is when it was met first, ``digests`` are of all it ever showed."""

    state: _State
    first: str
    digests: set[str | None]
    root: str | None = None

    @property
    def gone(self) -> bool:
        return self.state.gone is not None


def settle(database: Database, portal: str | None = None) -> None:
    """Mark, for one portal or all, the current state of every post and file, and posts that stand at two addresses.

    What it writes follows from the fetches alone, so it can be called at any time and again.
    """
    of_portal, values = ("AND portal = ?", [portal]) if portal else ("", [])
    states = [_State(*row) for row in database.execute(_STATES.format(of_portal=of_portal), values)]
    by_place: dict[tuple[str, str, str], dict[str, _Address]] = defaultdict(dict)
    for address in _addresses(states):
        state = address.state
        by_place[state.portal, state.kind, state.body][state.url] = address
    current: set[str] = set()
    roots: dict[tuple[str, str, str, str], str | None] = {}
    for place, addresses in by_place.items():
        if place[1] == "post":
            _join(addresses)
        groups: dict[str, list[_Address]] = defaultdict(list)
        for url, found in addresses.items():
            groups[found.root or url].append(found)
            roots[*place, url] = found.root
        current |= {_shown(group) for group in groups.values()}
    changes = [
        (roots[state.address], int(state.id in current), state.id)
        for state in states
        if state.same_as != roots[state.address] or state.is_current != (state.id in current)
    ]
    held = "UPDATE fetches SET is_current = 0 WHERE is_current = 1 AND (held = 1 OR outcome <> 'ok')"
    with transaction(database):
        database.conn.executemany("UPDATE fetches SET same_as = ?, is_current = ? WHERE id = ?", changes)
        database.execute(f"{held} {of_portal}", values)


def _addresses(states: Iterable[_State]) -> Iterable[_Address]:
    newest: dict[tuple[str, str, str, str], _Address] = {}
    for state in states:
        known = newest.get(state.address)
        if known is None:
            newest[state.address] = _Address(state, state.fetched, {state.digest})
            continue
        known.first = min(known.first, state.fetched)
        known.digests.add(state.digest)
        if (state.seen, state.fetched, state.id) > (known.state.seen, known.state.fetched, known.state.id):
            known.state = state
    return newest.values()


def _join(addresses: dict[str, _Address]) -> None:
    """Give each address of a post that was met before at another address the first of these as its root."""
    holders: dict[str | None, list[_Address]] = defaultdict(list)
    for address in sorted(addresses.values(), key=lambda address: (address.first, address.state.url)):
        earlier = [known for digest in address.digests for known in holders[digest] if not _differ(address, known)]
        if earlier:
            nearest = min(earlier, key=lambda known: (known.first, known.state.url))
            address.root = nearest.root or nearest.state.url
        for digest in address.digests:
            holders[digest].append(address)


def _differ(one: _Address, other: _Address) -> bool:
    """Whether both were seen alive at a time when their contents differed: two posts that were once alike."""
    a, b = one.state, other.state
    return a.digest != b.digest and not (one.gone or other.gone) and min(a.seen, b.seen) >= max(a.fetched, b.fetched)


def _shown(group: list[_Address]) -> str:
    """The state that stands for a post: what was seen last, at the address that is alive and was met first."""
    alive = [address for address in group if not address.gone] or group
    newest = max(alive, key=lambda address: (address.state.seen, address.state.id)).state.digest
    same = [address for address in alive if address.state.digest == newest]
    return min(same, key=lambda address: (address.root is not None, address.first, address.state.url)).state.id
