"""Plans whose line breaks were lost: headings and list items run together on one long line.

"… như sau: I. MỤC ĐÍCH, YÊU CẦU 1. Mục đích - Nâng cao nhận thức. - Huy động nguồn lực. 2. Yêu cầu …"
"ỦY BAN NHÂN DÂNTỈNH GIA LAICỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAMĐộc lập - Tự do - Hạnh phúcSố: 12/KH-UBND…"
Such a line is parted where a heading begins and ends and where an item begins. A long paragraph of a report has no
such headings and stays whole.
"""

import re
from itertools import pairwise

_UPPER = "A-ZĐÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
_LONG = 400
_CAPITALS = rf"[{_UPPER}]+\b(?:[\s,;–-]+[{_UPPER}]+\b){{1,14}}"
_NAMED = r"(?:Mục đích|Yêu cầu|Mục đích,? (?:và )?yêu cầu|Mục tiêu(?: chung| cụ thể| tổng quát)?)"
# "I. MỤC ĐÍCH, YÊU CẦU", "1. Mục đích"; the words of the heading are taken, so its end parts the line too.
_HEADING = re.compile(
    rf"(?<=\s)(?:[IVX]{{1,4}}\s?[.\-–)]\s+{_CAPITALS}(?=[\s*]*(?:[{_UPPER}\d\-–•+(]|[a-zđ]\)))"
    rf"|(?:\d{{1,2}}(?:\.\d)?|[a-c])\s?[.)]\s+{_NAMED}\s*(?::|(?=\s[\-–•+*]\s|\s[{_UPPER}]|\s\d{{1,2}}[.)]|\s[a-c]\))))"
)
_ITEM = re.compile(rf"(?<=[.;:]\s)(?=(?:[-–•+]\s+|(?:\d{{1,2}}(?:\.\d{{1,2}})?|[a-zđ])[.)]\s+)[{_UPPER}])")

_REPUBLIC = r"CỘNG\s*H(?:ÒA|OÀ)"
_STATE = re.compile(rf"{_REPUBLIC}\s*XÃ\s*HỘI\s*CHỦ\s*NGHĨA")
_HEAD = 600  # characters in which a head that is glued to its plan stands
_LOWER = _UPPER.replace("A-Z", "a-z").lower()
# Where a line ended without a blank taking its place: "Hạnh phúcSố:", "KẾ HOẠCHCải cách", "YÊU CẦU1. Quan điểmLấy".
_GLUE = re.compile(
    rf"(?<=[{_LOWER}\d;:.,”])(?=[{_UPPER}][{_LOWER}]+[\s,:])|(?<=[{_UPPER}]{{2}})(?=[{_UPPER}][{_LOWER}]+[\s,])"
    rf"|(?<=\S)(?={_REPUBLIC}\s|TỈNH\s|THÀNH\sPHỐ\s|KẾ\sHOẠCH(?:[\s{_UPPER}]|$))"
    rf"|(?<=[{_LOWER};:.])(?=(?:[IVX]{{1,4}}|\d{{1,2}}(?:\.\d)?)\.\s[{_UPPER}]|[a-zđ]\)\s|[-–+]\s)|(?<=[{_UPPER}]{{2}})(?=\d{{1,2}}\.\s)"
)
_GLUED = 5  # such places in a line that was many


def parts(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    """The stretches of one line that stand for lines of their own; the line itself when it holds no headings."""
    if end - begin < _LONG:
        return [(begin, end)]
    if _STATE.search(text, begin, min(end, begin + _HEAD)):
        glued = [place.start() for place in _GLUE.finditer(text, begin, end) if begin < place.start() < end]
        if len(glued) >= _GLUED:
            return list(pairwise([begin, *glued, end]))
    headings = list(_HEADING.finditer(text, begin, end))
    if len(headings) < 2:
        return [(begin, end)]
    cuts = {begin, end}
    for heading in headings:
        cuts.update((heading.start(), heading.end()))
    cuts.update(item.start() for item in _ITEM.finditer(text, begin, end))
    ordered = sorted(cuts)
    found = [(one, other) for one, other in pairwise(ordered) if text[one:other].strip()]
    return found or [(begin, end)]
