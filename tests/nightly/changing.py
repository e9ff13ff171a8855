"""A night over portals that change from night to night: ``python -m tests.nightly.changing DATA FOLDER NIGHT``."""

import sys
from pathlib import Path

from cli import archive_reader
from crawler.families import read_page
from crawler.run import crawl
from extract.run import extract
from nightly.night import Options, Work, run
from tests.crawler.loopback import PORTAL, Server
from tests.crawler.nights import NAMES, answer


def main(data: Path, folder: Path, night: int) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        more = "expectations: {min_posts: 3}"
        (folder / f"{name}.yaml").write_text(PORTAL.format(name=name, more=more), encoding="utf-8")
    server = Server(answer(night))
    work = Work(
        collect=lambda: crawl(data, "", server.running, folder),
        read=lambda: extract(data, read_page, archive_reader(data)),
        look=list,
    )
    return run(data, work, Options())


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])))
