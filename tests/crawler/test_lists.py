"""A list walked page by page: the order, the stop that loses nothing, and the traps."""

import pytest

from crawler.families.shared import Target
from crawler.lists import ListWalk


def target(number):
    return Target(f"http://x/list?page={number}", key=f"page={number}")


def walk(pages, *, known=frozenset(), most=100, start=1):
    """Walk numbered pages, ``{number: (posts, numbers linked)}``; stop where all posts are known. Numbers in order."""
    found = ListWalk(Target("http://x/list", key=f"page={start}"), most)
    visited = []
    while (now := found.next()) is not None:
        number = int(now.key.rpartition("=")[2])
        visited.append(number)
        posts, links = pages(number)
        if posts is None:
            found.fail()
            continue
        found.read(posts, [target(link) for link in links])
        if posts and set(posts) <= known:
            found.stop()
    return visited, found


def book(last, size=2, window=5):
    """A list of ``last`` pages whose pager shows some pages around and the last ones."""

    def page(number):
        links = {*range(number - window // 2, number + window), last - 1, last}
        return [f"{number}-{post}" for post in range(size)], sorted(link for link in links if 1 <= link <= last)

    return page


def test_pages_come_in_their_order_though_the_pager_names_the_last_first():
    visited, done = walk(book(12))
    assert visited == list(range(1, 13))
    assert done.complete


def test_the_stop_drops_only_what_lies_behind():
    known = {f"{number}-{post}" for number in range(5, 20) for post in range(2)}
    visited, done = walk(book(12), known=known)
    assert visited == [1, 2, 3, 4, 5]
    assert done.complete


def test_one_unknown_post_among_known_ones_keeps_it_going():
    known = {f"{number}-{post}" for number in range(1, 20) for post in range(2)} - {"2-1", "3-0"}
    assert walk(book(12), known=known)[0] == [1]
    assert walk(book(12), known=known - {"1-0"})[0] == [1, 2, 3, 4]


def test_next_links_without_numbers_are_followed_until_the_stop():
    found, at = ListWalk(Target("http://x/a"), 100), 0
    while (now := found.next()) is not None:
        at += 1
        found.read([f"{now.url} post"], [Target(f"{now.url}a")])
        if at == 4:
            found.stop()
    assert at == 4
    assert found.complete


def test_a_feed_that_is_all_known_does_not_stop_the_numbered_pages():
    found = ListWalk(Target("http://x/"), 100)
    found.next()
    found.read(["new"], [Target("http://x/rss", key="feed=http://x/rss"), target(2)])
    assert found.next().url == "http://x/rss"
    found.read(["old"], [])
    found.stop()
    assert found.next() == target(2)


def test_a_failed_page_leaves_the_others_and_is_not_forgotten():
    pages = book(6)
    visited, done = walk(lambda number: (None, []) if number == 3 else pages(number))
    assert visited == [1, 2, 3, 4, 5, 6]
    assert not done.complete


@pytest.mark.parametrize(("empty", "complete"), [(3, False), (6, True)])
def test_an_empty_page_is_the_end_only_at_the_end(empty, complete):
    pages = book(6)
    visited, done = walk(lambda number: ([], []) if number == empty else pages(number))
    assert visited == [1, 2, 3, 4, 5, 6]
    assert done.complete == complete


@pytest.mark.parametrize(
    "page",
    [
        lambda number: ([f"{min(number, 3)}"], [number + 1]),  # past its end it repeats the last page
        lambda number: (["a", "b", "c"][: 1 + number % 3], [number + 1]),  # a calendar that shows the same few posts
        lambda number: ([], range(number * 30, number * 30 + 30)),  # a calendar of empty days
    ],
)
def test_lists_without_end_end(page):
    visited, done = walk(page)
    assert len(visited) <= 8
    assert done.complete


def test_a_trap_with_ever_new_posts_ends_at_the_ceiling_and_is_not_complete():
    visited, done = walk(lambda number: ([f"{number}"], [number + 1]), most=40)
    assert len(visited) == 40
    assert not done.complete


def test_a_walk_that_is_broken_off_is_not_complete():
    found = ListWalk(Target("http://x/"), 100)
    found.next()
    found.read(["a"], [target(2)])
    found.abandon()
    assert found.next() is None
    assert not found.complete
