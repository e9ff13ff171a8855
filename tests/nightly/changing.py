"""A night over portals that change from night to night: ``python -m tests.nightly.changing DATA FOLDER NIGHT``."""

import sys
from pathlib import Path

from cli import archive_reader
from crawler.families import read_page
from crawler.run import crawl
from extract.run import extract
from nightly.night import Options, Work, run
from tests.crawler.loopback import Server
from tests.crawler.nights import answer, write_portals


def main(data: Path, folder: Path, night: int) -> int:
    write_portals(folder)
    server = Server(answer(night))
    work = Work(
        collect=lambda: crawl(data, "", server.running, folder),
        read=lambda: extract(data, read_page, archive_reader(data)),
        look=list,
    )
    return run(data, work, Options())


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])))
