"""Posts for the tests of the site: a national plan carried out by two provinces, a department, and hostile text."""

from pathlib import Path

from extract.run import extract
from tests.extract.archive_of import ArchiveOf, html, read_page

BASIS = "Căn cứ Quyết định số 90/QĐ-TTg ngày 18/01/2022 của Thủ tướng Chính phủ;"
POSTS = (
    html(
        "Ninh Thuận: giảm nghèo <b>bền vững</b>",
        BASIS,
        "Ngày 02/7/2022, UBND tỉnh Ninh Thuận ban hành Kế hoạch số 2870/KH-UBND về giảm nghèo bền vững năm 2022.",
        "Mục tiêu: Tỷ lệ hộ nghèo giảm 1,5 - 2%/năm.",
        "Trước ngày 15/12/2022, các sở phải báo cáo kết quả.",
    ),
    html(
        "Nghệ An triển khai giảm nghèo",
        BASIS,
        "Ngày 25/8/2022, UBND tỉnh Nghệ An ban hành Kế hoạch số 834/KH-UBND về giảm nghèo bền vững năm 2022.",
        "Mục tiêu: Tỷ lệ hộ nghèo giảm 1 - 1,5%/năm.",
    ),
    html(
        "Cục Thống kê hưởng ứng phong trào",
        "Thực hiện Kế hoạch số 2870/KH-UBND ngày 02/7/2022 của UBND tỉnh Ninh Thuận về giảm nghèo;",
        "Ngày 13/7/2022, Cục Thống kê tỉnh Ninh Thuận ban hành Kế hoạch số 446/KH-CTK về hưởng ứng phong trào năm"
        " 2022.",
    ),
    html(
        "&lt;script&gt;alert(1)&lt;/script&gt; \"'&gt;&lt;img src=//xa.invalid/x onerror=alert(2)&gt; \u202eoảđ\u202c",
        "Ngày 05/3/2024, UBND tỉnh Đồng Tháp ban hành Kế hoạch số 77/KH-UBND về &lt;b onclick=alert(3)&gt; năm 2024.",
        "Mục tiêu: &lt;/mark&gt;&lt;script src=//xa.invalid/y&gt;&lt;/script&gt; \u202e",
        "Tỷ lệ hộ nghèo giảm 2%/năm.",
    ),
)


def tell(data: Path) -> ArchiveOf:
    """An archive with the posts, read into its database."""
    archive = ArchiveOf(data)
    for number, page in enumerate(POSTS, start=1):
        archive.add(f"http://thu.invalid/{number}", page)
    extract(archive.data, read_page, archive.read_bytes)
    return archive
