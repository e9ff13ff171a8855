"""A command that is killed at a moment: ``python -m tests.nightly.killing MOMENT COMMAND …``.

A moment is what a night says when a stage begins ("check …"), a file that is about to be renamed ("rename published/
plans.db.new"), or the third post that is about to be noted as "fetched" or "written".
"""

import itertools
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nightly.night
from cli import main
from schema.crawl_store import CrawlStore
from schema.plan_store import PlanStore


def die_when(moment: str, told: Callable[..., str]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make a function kill the process before it does its work, when what is told of its arguments is the moment."""

    def wrap(function: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*arguments: Any, **more: Any) -> Any:
            if told(*arguments) == moment:
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*arguments, **more)

        return wrapped

    return wrap


def set_up(moment: str) -> None:
    """Lie in wait."""
    fetched, written = itertools.count(1), itertools.count(1)

    def fetch(_: CrawlStore, row: Any, *__: Any) -> str:
        return "fetched" if row.kind == "post" and next(fetched) == 3 else ""

    nightly.night.say = die_when(moment, lambda line: line)(nightly.night.say)
    renamed = die_when(moment, lambda path, _: f"rename {path.parent.name}/{path.name}")
    Path.replace = renamed(Path.replace)  # type: ignore[method-assign]
    CrawlStore.save_fetch = die_when(moment, fetch)(CrawlStore.save_fetch)  # type: ignore[method-assign]
    written_third = die_when(moment, lambda *_: "written" if next(written) == 3 else "")
    PlanStore.save = written_third(PlanStore.save)  # type: ignore[method-assign]


if __name__ == "__main__":
    set_up(sys.argv.pop(1))
    main()
