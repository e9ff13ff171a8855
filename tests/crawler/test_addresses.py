"""Many forms of an address, one page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.addresses import canonical


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://x.gov.vn", "http://x.gov.vn/"),
        ("HTTPS://X.GOV.VN:443/Tin", "https://x.gov.vn/Tin"),
        ("http://x.gov.vn:8080/a", "http://x.gov.vn:8080/a"),
        ("http://user:secret@x.gov.vn/a", "http://x.gov.vn/a"),
        ("http://[::1]:80/a", "http://[::1]/a"),
        ("http://x.gov.vn/a#b", "http://x.gov.vn/a"),
        ("http://x.gov.vn/a?", "http://x.gov.vn/a"),
        ("http://x.gov.vn/a;jsessionid=0A.node1?x=1", "http://x.gov.vn/a?x=1"),
        ("http://x.gov.vn/(S(lit3py55t21z5v55))/tin.aspx", "http://x.gov.vn/tin.aspx"),
        (
            "http://x.gov.vn/chi-tiet?dDocName=PORTAL342241&_afrLoop=2&_afrWindowMode=0&_adf.ctrl-state=x_4",
            "http://x.gov.vn/chi-tiet?dDocName=PORTAL342241",
        ),
        ("http://x.gov.vn/-/a?inheritRedirect=true&redirect=%2Fweb%2Fguest", "http://x.gov.vn/-/a"),
        ("http://x.gov.vn/a?p_p_id=101&_101_redirect=%2F&_101_cur=2", "http://x.gov.vn/a?p_p_id=101&_101_cur=2"),
        ("http://x.gov.vn/a?b=2&a=1&utm_source=zalo&fbclid=9", "http://x.gov.vn/a?b=2&a=1"),
        ("http://x.gov.vn/a?id=%C4%91&n=a+b&e=", "http://x.gov.vn/a?id=%C4%91&n=a+b&e="),
        ("http://x.gov.vn/kế hoạch?q=số", "http://x.gov.vn/k%E1%BA%BF%20ho%E1%BA%A1ch?q=s%E1%BB%91"),
        ("http://x.gov.vn/a?sid=1308&side=2&id=3", "http://x.gov.vn/a?sid=1308&side=2&id=3"),
        ("mailto:a@x.gov.vn", None),
        ("http://[bad", None),
        ("http://x.gov.vn:99999/", None),
        ("/a", None),
        ("", None),
    ],
)
def test_canonical(url, expected):
    assert canonical(url) == expected


@given(st.text(max_size=60).map(lambda tail: f"http://x.gov.vn/{tail}") | st.text(max_size=60))
def test_a_canonical_address_stays_as_it_is(url):
    once = canonical(url)
    assert once is None or canonical(once) == once
