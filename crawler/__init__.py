"""Portals to archive: walks provincial portals and keeps what they served."""
