"""The Datasette site over the database."""
