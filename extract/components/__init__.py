"""The components of the reading pipeline, one concept per module."""
