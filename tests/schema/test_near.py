import random
from itertools import combinations
from pathlib import Path

import pytest

from corpus.sample.posts import load_posts
from schema.near import ALIKE, copies, runs, similarity, sketch
from tests.schema.told import Told, tell

TEXTS = [post.text for post in load_posts()]


def _wrapped(text: str) -> str:
    return "\n".join(text.replace("\n", " ").split(" "))


def _furnished(text: str) -> str:
    return f"Trang chủ > Tin tức > Chỉ đạo\nCập nhật lúc 08:00\n{text}\nLượt xem: 312\nTin liên quan\nIn bài viết"


def _old_tones(text: str) -> str:
    return text.replace("hòa", "hoà").replace("hóa", "hoá").replace("Ủy", "Uỷ").upper()


def _mistyped(text: str) -> str:
    chance = random.Random(7)
    return " ".join(word if chance.random() > 0.02 else word + "x" for word in text.split(" "))


@pytest.mark.parametrize("change", [str, _wrapped, _furnished, _old_tones, _mistyped])
def test_a_sample_post_published_again_is_a_copy(change) -> None:
    texts = {f"a{at:03}": text for at, text in enumerate(TEXTS)}
    texts |= {f"b{at:03}": change(text) for at, text in enumerate(TEXTS)}
    sketches = {post: sketch(text) for post, text in texts.items()}
    found = copies(sketches, {post: ("2024", post) for post in texts}, texts.__getitem__)
    right = {f"b{at:03}": f"a{at:03}" for at in range(len(TEXTS))}
    assert {copy: original for copy, (original, _) in found.items() if right.get(copy) != original} == {}
    assert len(found) >= 0.95 * len(TEXTS)


def test_different_sample_posts_have_little_in_common() -> None:
    most = max(similarity(one, other) for one, other in combinations(map(runs, TEXTS), 2))
    assert most < 0.1 < ALIKE


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [("", "", 0.0), ("a b c", "a b c", 1.0), ("a b c", "a b d", 0.0), ("a b c d e f", "a b c d e g", 1 / 3)],
)
def test_similarity_is_the_share_of_common_runs(one: str, other: str, share: float) -> None:
    assert similarity(runs(one), runs(other)) == pytest.approx(share)


def test_the_earliest_post_is_the_original(tmp_path: Path) -> None:
    body = " ".join(f"từ{number}" for number in range(200))
    posts = [
        Told("Bản chép sau", body=body, published="2024-05-02"),
        Told("Bản đầu", body=body, published="2024-05-01"),
        Told("Bản chép nữa", body=body, published="2024-05-03"),
        Told("Tin khác", body="hoàn toàn khác " * 20),
    ]
    database = tell(tmp_path / "plans.db", *posts)
    found = database.execute(
        "SELECT copy.title, original.title FROM post_copies"
        " JOIN posts AS copy ON copy.id = post_id JOIN posts AS original ON original.id = original_id ORDER BY 1"
    ).fetchall()
    assert found == [("Bản chép nữa", "Bản đầu"), ("Bản chép sau", "Bản đầu")]
    database.close()


def test_a_phrase_that_everybody_writes_makes_no_pairs() -> None:
    common = "căn cứ luật tổ chức chính quyền địa phương ngày mười chín tháng sáu"
    texts = {f"{at:04}": f"{common} " + " ".join(f"w{at}x{word}" for word in range(12)) for at in range(300)}
    sketches = {post: sketch(text) for post, text in texts.items()}
    assert copies(sketches, {post: ("", post) for post in texts}, texts.__getitem__) == {}
