"""Pages are read as what their bytes are, not as what their headers say."""

import gzip
import random

import pytest

from schema.encoding import decode

TEXT = "<p>Kế hoạch số 12/KH-UBND của Ủy ban nhân dân tỉnh Đắk Lắk: phấn đấu đạt 95%</p>" * 3


@pytest.mark.parametrize(
    ("body", "header", "expected"),
    [
        (TEXT.encode(), "text/html; charset=utf-8", TEXT),
        (TEXT.encode(), None, TEXT),
        (TEXT.encode(), "text/html; charset=iso-8859-1", TEXT),
        (TEXT.encode(), "text/html; charset=no-such", TEXT),
        (b'<meta charset="windows-1252">' + TEXT.encode(), None, '<meta charset="windows-1252">' + TEXT),
        (b"\xef\xbb\xbf" + TEXT.encode(), "text/html", TEXT),
        (TEXT.encode("utf-16"), "text/html", TEXT),
        (TEXT.encode() + "ế".encode()[:2], "text/html; charset=utf-8", TEXT + "\ufffd"),
        ("Thông báo: café".encode("cp1252"), "text/html; charset=windows-1252", "Thông báo: café"),
        (b'<meta charset="cp1258"><p>' + "Số Đ".encode("cp1258", "ignore"), None, '<meta charset="cp1258"><p>S Đ'),
        (b"plain", None, "plain"),
        (b"", None, ""),
    ],
)
def test_decode(body, header, expected):
    assert decode(body, header) == expected


@pytest.mark.parametrize("body", [gzip.compress(TEXT.encode()), random.Random(7).randbytes(4000), b"\0" * 100])
def test_what_is_no_text(body):
    with pytest.raises(ValueError, match="no encoding"):
        decode(body, "text/html; charset=utf-8")
