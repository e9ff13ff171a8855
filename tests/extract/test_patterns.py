"""Every rule takes its examples and refuses its counter-examples."""

import pytest

from extract.patterns import Rule, concepts, load_rules
from extract.text import fold

RULES = [rule for concept in concepts() for rule in load_rules(concept)]


@pytest.mark.parametrize(("rule", "passage"), [(rule, passage) for rule in RULES for passage in rule.takes])
def test_takes_example(rule: Rule, passage: str):
    assert rule.finds(fold(passage)), f"{rule.id} misses its own example"


@pytest.mark.parametrize(("rule", "passage"), [(rule, passage) for rule in RULES for passage in rule.refuses])
def test_refuses_counter_example(rule: Rule, passage: str):
    assert not rule.finds(fold(passage)), f"{rule.id} takes its own counter-example"


def test_ids_are_unique():
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids))
