"""The ``kehoach`` command: each subcommand calls one function of a package below."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from schema.errors import UserError


class Commands(click.Group):
    """A group that turns a `UserError` into one clear line on standard error and exit status 2."""

    def invoke(self, context: click.Context) -> Any:
        """Run the subcommand."""
        try:
            return super().invoke(context)
        except UserError as error:
            click.echo(f"kehoach: {error}", err=True)
            context.exit(2)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kehoach")
def main() -> None:
    """Reads the plans (kế hoạch) of Vietnamese provinces into a database that can be questioned."""


@main.command()
@click.option("--data", type=click.Path(path_type=Path), default=Path("data"), show_default=True)
@click.option("--portals", default="", help='Ids with commas, or "all"; without them the sample portals.')
def crawl(data: Path, portals: str) -> None:
    """Collect posts: fetch what portals publish into the archive and the database."""
    from corpus.sample.server import running
    from crawler.run import crawl as collect

    summary = collect(data, portals, running)
    for warning in summary.warnings():
        click.echo(f"crawl: {warning}", err=True)
    click.echo(f"crawl: {summary.line()}")
    sys.exit({"ok": 0, "interrupted": 130}.get(summary.outcome, 1))


@main.command()
@click.option("--schema", is_flag=True, help="Print the JSON Schema of a record and stop.")
def records(schema: bool) -> None:
    """Read posts (JSON lines) on standard input, write records (JSON lines) on standard output."""
    from crawler.families import read_page
    from extract.page import guess_page
    from extract.records import read_lines
    from schema.published import schema_text

    if schema:
        click.echo(schema_text(), nl=False)
        return
    failed = False
    pages = read_lines(sys.stdin.buffer, lambda url, html: read_page(url, html) or guess_page(url, html))
    for outcome in pages:
        click.echo(outcome.line)
        if outcome.error is not None:
            failed = True
            click.echo(f"kehoach records: {outcome.error}", err=True)
    sys.exit(1 if failed else 0)


@main.command("eval")
@click.argument("gold", type=click.Path(path_type=Path))
@click.option("--errors", is_flag=True, help="Also print each miss (-), false alarm (+) and wrong value (!).")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as one JSON object.")
def evaluate(gold: Path, errors: bool, as_json: bool) -> None:
    """Score the extraction against gold annotations: a JSONL file or a folder of them."""
    from corpus.evaluate import evaluate as score
    from corpus.evaluate import read_gold
    from extract.post import Post, read_posts

    annotated = read_gold(gold)
    read = read_posts(Post(post["id"], post["text"], post.get("url")) for post in annotated)
    scores = score(annotated, {record.id: record.model_dump() for record in read})
    if errors:
        for line in scores.errors:
            click.echo(line)
    click.echo(scores.to_json() if as_json else scores.table())


@main.command()
@click.option(
    "--data", type=click.Path(path_type=Path), default=Path("data"), show_default=True, help="Data directory."
)
def extract(data: Path) -> None:
    """Read what was collected into DATA/plans.db; run again, only what is new or changed is read."""
    from crawler.families import read_page
    from extract.run import extract as run

    click.echo(run(data, read_page, archive_reader(data)).line())


@main.command()
@click.option(
    "--data", type=click.Path(path_type=Path), default=Path("data"), show_default=True, help="Data directory."
)
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True, help="Port on this machine.")
def serve(data: Path, port: int) -> None:
    """Open DATA/plans.db in Datasette, read-only, on this machine."""
    from explore.site import serve as run

    run(data, port, archive_reader(data))


def archive_reader(data: Path) -> Callable[[str, int], bytes]:
    """The function that reads an archived body by file and offset; it raises ValueError with the reason it cannot."""
    from crawler.archive import Archived, Place, read_at

    def read_bytes(file: str, offset: int) -> bytes:
        found = read_at(data / "archive", Place(file, offset))
        if isinstance(found, Archived):
            return found.body
        raise ValueError(found.reason)

    return read_bytes
