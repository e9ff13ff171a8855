"""Pages that are served as 200 OK but are no page of the portal: browser checks, errors, log-ins.

Whether a page is one is told by its own words: a short page with the marks of a check, or a page whose title or heading
is an error message as a whole. A post *about* an error or a log-in has a longer title and stays a post.
"""

import re
from html import unescape

from crawler.families.shared import Page

_CHECKS = re.compile(
    r"document\.cookie\s*=.*location\.(?:reload|href|replace)"
    r"|cf-browser-verification|cdn-cgi/challenge-platform|_cf_chl_opt|Checking your browser|Just a moment\.\.\."
    r"|_Incapsula_Resource|Incapsula incident ID|Request unsuccessful\. "
    r"|The requested URL was rejected\. Please consult with your administrator|<support ID"
    r"|Please enable (?:JavaScript|cookies)|Vui lòng bật (?:JavaScript|cookie)"
    r"|g-recaptcha|h-captcha|cf-turnstile|Mã xác nhận.{0,80}captcha|DDoS protection|Access Denied.{0,200}Reference",
    re.DOTALL | re.IGNORECASE,
)
_CHECK_BYTES = 8192  # a check is a short page; with a menu around it, it is the portal's own
_ERRORS = re.compile(
    r"(?:(?:Lỗi|Error|HTTP(?: Status| Error)?)\W*)?(?:40[0-9]|410|50[0-4])\W*(?:(?:Error|Lỗi|Page|File|Trang"
    r"|Not|Không tìm|Forbidden|Unauthorized|Internal|Bad|Service|Gateway|Gone|Access)\b.{0,60})?"
    r"|(?:Page|File|Resource|The resource|Trang|Nội dung|Bài viết|Đường dẫn|Liên kết)?\s*(?:cannot be found|not found"
    r"|(?:bạn )?(?:yêu cầu |truy cập |tìm kiếm )?không (?:tìm thấy|tồn tại)(?: trang(?: yêu cầu)?)?"
    r"|đã bị (?:xóa|gỡ)(?: hoặc .{0,40})?)\W*"
    r"|Không tìm thấy (?:trang|nội dung|bài viết|kết quả)?(?: yêu cầu| này)?\W*"
    r"|(?:Runtime|Server|Application|Internal Server|Database|System) Error\b.{0,80}"
    r"|Service (?:Temporarily )?Unavailable|Bad (?:Gateway|Request)|Forbidden|Access (?:is )?denied|Unauthorized"
    r"|Server Error in '.{0,80}' Application\.?|An error (?:has )?occurred.{0,60}"
    r"|Đã (?:có lỗi xảy ra|xảy ra lỗi).{0,60}"
    r"|Có lỗi xảy ra.{0,60}|Website (?:đang )?(?:bảo trì|nâng cấp).{0,60}|Hệ thống đang (?:bảo trì|nâng cấp).{0,60}"
    r"|(?:Site )?(?:under )?maintenance|Object moved.{0,40}|Sorry, something went wrong.{0,40}",
    re.IGNORECASE | re.DOTALL,
)
_LOGINS = re.compile(
    r"(?:Đăng nhập|Log ?in|Sign ?in|Login required)(?: hệ thống| vào hệ thống| to .{0,40})?\W*", re.IGNORECASE
)
# Sought in the page's letters: a tree costs a hundred times as much, and this is asked of every page.
_HEADINGS = re.compile(
    r"<(title|h1|h2)\b[^>]*>(.{1,400}?)</\1>|<(?:h3|div|p)\b[^>]*class=[\"'][^\"']*(?:alert-error|portlet-msg-error)"
    r"[^>]*>([^<]{1,200})",
    re.IGNORECASE | re.DOTALL,
)
_TAGS = re.compile(r"<[^>]*>")
_PASSWORD = re.compile(r"<input\b[^>]*type=[\"']?password", re.IGNORECASE)


def stub(page: Page) -> str | None:
    """``challenge``, ``error_page`` or ``login`` when the page is one; None when it may be the portal's own."""
    if len(page.html) < _CHECK_BYTES and _CHECKS.search(page.html):
        return "challenge"
    for heading in _HEADINGS.finditer(page.html):
        # Portals put their own name behind the page's: "Không tìm thấy trang - Cổng thông tin điện tử …".
        words = unescape(_TAGS.sub(" ", heading[2] or heading[3]))
        shown = re.split(r"\s+[-|–]\s+|\s*\|\s*", " ".join(words.split()))[0]
        if shown and _ERRORS.fullmatch(shown):
            return "error_page"
        if shown and _LOGINS.fullmatch(shown) and _PASSWORD.search(page.html):
            return "login"
    return None
