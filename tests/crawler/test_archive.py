"""WARC in and out: what goes in comes out, and a torn tail costs only itself."""

import errno
import gzip

import pytest

from crawler.archive import Archive, Archived, Exchange, Place, Torn, read_archive, read_at
from schema.errors import UserError

BODIES = {
    "http://h/0": b"body 0 " * 50,
    "http://h/1": b"packed " * 100,
    "http://h/2": b"",
    "http://h/3": "Kế hoạch ".encode() * 40,
}


def exchange(url, body, status=200, headers=(("Content-Type", "text/html"),)):
    return Exchange(url, "GET", [("User-Agent", "test")], b"", status, "OK", list(headers), body)


@pytest.fixture
def written(tmp_path):
    archive = Archive(tmp_path, "run", "test")
    places = []
    for url, body in BODIES.items():
        headers = [("Content-Type", "text/html")]
        if url.endswith("1"):
            body, headers = gzip.compress(body), [*headers, ("Content-Encoding", "gzip")]
        places.append(archive.write(exchange(url, body, headers=headers)))
    archive.close()
    return tmp_path / places[0].file, places


def test_what_goes_in_comes_out(written):
    path, places = written
    found = list(read_archive(path))
    assert [(record.url, record.body) for record in found] == list(BODIES.items())
    assert [record.place for record in found] == places
    assert found[0].header("content-type") == "text/html"


def test_a_record_is_found_by_its_place(written):
    path, places = written
    assert [read_at(path.parent, place).url for place in places] == list(BODIES)
    assert isinstance(read_at(path.parent, Place("none.warc.gz", 0)), Torn)
    assert isinstance(read_at(path.parent, Place(path.name, places[1].offset + 3)), Torn)


def test_every_cut_keeps_the_records_before_it(written):
    path, places = written
    whole = path.read_bytes()
    for cut in range(0, len(whole), 7):
        path.write_bytes(whole[:cut])
        found = list(read_archive(path))
        good = [record for record in found if isinstance(record, Archived)]
        assert all(BODIES[record.url] == record.body for record in good)
        ended = sum(place.offset < cut for place in places) - 1  # the one the cut falls into may or may not be whole
        assert len(good) >= ended
        assert [type(record) for record in found[len(good) :]] in ([], [Torn])


def test_a_cut_inside_a_record_is_reported(written):
    path, places = written
    path.write_bytes(path.read_bytes()[: places[2].offset - 300])
    assert isinstance(list(read_archive(path))[-1], Torn)


def test_uncompressed_archives_are_read(written):
    path, _ = written
    path.write_bytes(gzip.decompress(path.read_bytes()))
    assert [record.body for record in read_archive(path)] == list(BODIES.values())


def test_content_the_server_broke_off_is_kept_as_sent(tmp_path):
    archive = Archive(tmp_path, "run", "test")
    torn = gzip.compress(b"x" * 1000)[:-12]
    place = archive.write(exchange("http://h/", torn, headers=[("Content-Encoding", "gzip")]))
    archive.write(exchange("http://h/next", b"sound"))
    archive.close()
    assert [record.url for record in read_archive(tmp_path / place.file)] == ["http://h/", "http://h/next"]


def test_not_modified_is_a_revisit_and_no_response(tmp_path):
    archive = Archive(tmp_path, "run", "test")
    place = archive.write(exchange("http://h/", b"", status=304))
    archive.close()
    assert list(read_archive(tmp_path / place.file)) == []
    assert b"server-not-modified" in gzip.decompress((tmp_path / place.file).read_bytes())


def test_a_full_file_is_followed_by_another(tmp_path):
    archive = Archive(tmp_path, "run", "test", roll_at=1000)
    files = {archive.write(exchange(f"http://h/{number}", bytes(range(256)) * 8)).file for number in range(4)}
    assert len(files) > 1


def test_a_full_disk_is_one_clear_line(tmp_path, monkeypatch):
    archive = Archive(tmp_path, "run", "test")
    archive.write(exchange("http://h/", b"x"))

    def full():
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(archive, "_open", full)
    with pytest.raises(UserError, match="disk is full"):
        archive.write(exchange("http://h/", b"x"))
