"""Texts and truth: the sample portal, the gold annotations and the scorer."""
