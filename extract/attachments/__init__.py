"""Attached files to text with page numbers."""
