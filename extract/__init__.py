"""Post to record: reads a post's text and finds what the plan promises, every value with its passage."""
