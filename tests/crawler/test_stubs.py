"""Checks, errors and log-ins that are served as pages, and posts that only speak of them."""

import pytest

from crawler.families.shared import Page
from crawler.stubs import stub


def page(html):
    return Page("https://x.gov.vn/a", html)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<script>document.cookie="D1N=abc";window.location.reload(true);</script>', "challenge"),
        ("<title>Just a moment...</title><script src=/cdn-cgi/challenge-platform/x></script>", "challenge"),
        ("<html>The requested URL was rejected. Please consult with your administrator. ID: 7", "challenge"),
        ('<iframe src="/_Incapsula_Resource?x=1">Request unsuccessful. Incapsula incident ID: 1</iframe>', "challenge"),
        ("<title>404 - Không tìm thấy trang - Cổng thông tin</title>", "error_page"),
        ("<title>Cổng thông tin</title><h1>Không tìm thấy trang</h1>", "error_page"),
        ("<h1>Không tìm thấy bài viết</h1>", "error_page"),
        ("<title>Trang bạn yêu cầu không tồn tại | Cổng thông tin</title>", "error_page"),
        ("<title>HTTP Error 503</title>", "error_page"),
        ("<title>Runtime Error</title><h1>Server Error in '/' Application.</h1>", "error_page"),
        ("<h1>500 Internal Server Error</h1>", "error_page"),
        ("<title>Hệ thống đang bảo trì</title>", "error_page"),
        ("<title>Đăng nhập hệ thống</title><input type=password>", "login"),
        ("<title>Kế hoạch</title><h1>Đăng nhập</h1>", None),
        ("<title>Xã Ea Kar không tìm thấy trang thiết bị cũ</title><p>Tin.</p>", None),
        ("<h1>Kế hoạch 404/KH-UBND năm 2024</h1>", None),
        ("<h1>500 hộ nghèo được hỗ trợ nhà ở trong năm 2024 theo kế hoạch của tỉnh Điện Biên và các huyện</h1>", None),
        ("<h1>503 mô hình kinh tế</h1>", None),
        ("<h1>Lỗi vi phạm giao thông tăng</h1>", None),
        ("<h1>Hướng dẫn đăng nhập dịch vụ công</h1><input type=password>", None),
        ("<p>document.cookie = 1; location.reload()</p>" + "x" * 9000, None),
        ("<title>Bảo trì đường bộ năm 2024</title>", None),
        ("<p>Kế hoạch</p>", None),
        ("", None),
    ],
)
def test_stub(html, expected):
    assert stub(page(html)) == expected
