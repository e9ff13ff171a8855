"""The log of runs: every crawl and extract leaves one row, also one that was killed."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from sqlite_utils import Database

from schema.database import transaction

Command = Literal["crawl", "extract"]
Outcome = Literal["running", "ok", "interrupted", "failed"]


class RunRow(BaseModel):
    """One run of a command."""

    model_config = ConfigDict(frozen=True)

    id: int = Field(description="Number of the run")
    command: Command = Field(description="crawl or extract")
    started: str = Field(description="When it began, ISO 8601 in UTC")
    finished: str | None = Field(description="When it ended; null while it runs or when it was killed")
    outcome: Outcome = Field(description="running, ok, interrupted (stopped or killed) or failed")
    program: str | None = Field(description="Version of kehoach")
    rules: str | None = Field(description="Digest of the extraction rules; null for a crawl")
    counts: str | None = Field(description="JSON object: what the run gave, by kind")


def start_run(database: Database, command: Command, *, program: str | None = None, rules: str | None = None) -> int:
    """Open a run and return its number; an earlier run of the command that never ended is marked interrupted."""
    with transaction(database):
        database.execute(
            "UPDATE runs SET outcome = 'interrupted' WHERE command = ? AND outcome = 'running'",
            [command],
        )
        cursor = database.execute(
            "INSERT INTO runs (command, started, outcome, program, rules) VALUES (?, ?, 'running', ?, ?)",
            [command, _now(), program, rules],
        )
    return int(cursor.lastrowid or 0)


def finish_run(database: Database, run: int, outcome: Outcome, counts: Mapping[str, int]) -> None:
    """Close a run with its outcome and counts."""
    with transaction(database):
        database.execute(
            "UPDATE runs SET finished = ?, outcome = ?, counts = ? WHERE id = ?",
            [_now(), outcome, json.dumps(dict(counts), sort_keys=True), run],
        )


def ended_well(database: Database, command: Command, before: int) -> bool:
    """Whether the last run of a command before a run came to its end."""
    row = database.execute(
        "SELECT outcome FROM runs WHERE command = ? AND id < ? ORDER BY id DESC LIMIT 1", [command, before]
    ).fetchone()
    return row is not None and row[0] == "ok"


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
