"""A small copy of the sample portals, and crawls of it in processes of their own (Scrapy runs once in a process)."""

import json
import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from corpus.sample.posts import FILES, POSTS
from schema.database import FILE, read_only

ROOT = Path(__file__).parents[2]
PROGRAM = """
import sys
from functools import partial
from pathlib import Path
from corpus.sample.server import running
from crawler.run import crawl
from schema.errors import UserError
data, posts, files, portals = sys.argv[1:5]
try:
    summary = crawl(Path(data), portals, partial(running, Path(posts), Path(files)))
except UserError as error:
    sys.exit(f"error: {error}")
print(summary.line())
sys.exit({"ok": 0, "interrupted": 130}.get(summary.outcome, 1))
"""
# Put before the program: stops it by a signal just before the call of that number to a method, so that a test which
# needs a crawl stopped at some moment does not have to be there in time.
STOPPING = """
import itertools, os, signal
from crawler.archive import Archive
from schema.crawl_store import CrawlStore
calls, method = itertools.count(1), {method}
def stopping(*arguments, **more):
    if next(calls) == {number}:
        os.kill(os.getpid(), signal.{sign})
    return method(*arguments, **more)
{method} = stopping
"""
HANGS = 600
"""Seconds after which a subprocess is taken to hang; no measure of anything."""
ATTACHED = """\
id: {portal}-attached
title: Kế hoạch có tệp đính kèm
published: 2024-05-03 07:09
section: Tin tức
attachments: ke hoach.pdf

UBND tỉnh ban hành Kế hoạch số 12/KH-UBND về phát triển giao thông nông thôn trên địa bàn tỉnh trong năm 2024.

Theo kế hoạch, đến hết năm 2024 toàn tỉnh phấn đấu cứng hóa 120 km đường xã, sửa chữa 45 cầu, cống dân sinh, bảo đảm
người dân đi lại thuận tiện trong mùa mưa lũ; các huyện, thị xã báo cáo kết quả trước ngày 15/12/2024.
"""


@pytest.fixture
def sample(tmp_path):
    """A folder with four posts a portal (one of them with a file)."""
    return copy_sample(tmp_path)


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory):
    """The rows of a crawl of the copy that nothing disturbs."""
    folder = copy_sample(tmp_path_factory.mktemp("undisturbed"))
    crawl(folder, folder / "data")
    return fetches(folder / "data")


def copy_sample(target):
    for folder in sorted(POSTS.iterdir()):
        copied = target / "posts" / folder.name
        copied.mkdir(parents=True)
        for path in sorted(folder.glob("*.txt"))[:3]:
            shutil.copy(path, copied)
        (copied / "co-tep-dinh-kem.txt").write_text(ATTACHED.format(portal=folder.name), encoding="utf-8")
    shutil.copytree(FILES, target / "files")
    (target / "files" / "ke hoach.pdf").write_bytes(b"%PDF-1.4 test")
    return target


def start_crawl(sample, data, portals="", program=PROGRAM, **environment):
    """Start a crawl of the copy; gives the process."""
    arguments = [str(data), str(sample / "posts"), str(sample / "files"), portals]
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        env={**os.environ, "KEHOACH_CONTACT": "", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def crawl(sample, data, portals="", program=PROGRAM, **environment):
    """Crawl the copy to the end; gives what was printed."""
    process = start_crawl(sample, data, portals, program, **environment)
    out, err = process.communicate(timeout=HANGS)
    return process.returncode, out, err


def stopped(sample, data, method, number, sign="SIGKILL"):
    """A crawl of the copy that a signal stops before a call: what it printed. Fails when it got to its end."""
    return crawl(sample, data, program=STOPPING.format(method=method, number=number, sign=sign) + PROGRAM)


def query(data, sql):
    with closing(read_only(data / FILE)) as connection:
        return connection.execute(sql).fetchall()


def fetches(data):
    """Everything that must not depend on when a crawl ran and how often it was stopped."""
    return query(
        data, "select id, portal, url, kind, method, body, status, outcome, content_digest from fetches order by id"
    )


def last_counts(data):
    return json.loads(query(data, "select counts from runs order by id desc limit 1")[0][0])
