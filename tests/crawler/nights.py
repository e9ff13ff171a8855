"""Portals that change from night to night; a night is a crawl: ``python -m tests.crawler.nights DATA FOLDER NIGHT``."""

import sys
from pathlib import Path

from crawler.run import Options, crawl
from crawler.visit import Period
from tests.crawler.loopback import PORTAL, Server, article, html, listing, tagged

NAMES = ("steady", "changing", "layout", "relaid", "mind", "shrunk")
PAGE = 4
SWEEPS = (4,)  # nights of a sweep besides the first

GONE = html("gone", status="404 Not Found")
OLD = tuple(f"/p{number}" for number in range(1, 15))


def posts(name, night):
    """Path → page, as the portal's editors have left it on that night; and the order of the lists."""
    pages = {path: article(path, f"Nội dung của bài {path}, lần đầu. Kế hoạch 5/KH-UBND.") for path in OLD}
    order = list(OLD)
    if name == "changing":
        changing(pages, order, night)
    if name in ("layout", "relaid", "shrunk") and night >= 3:
        pages["/new"] = article("new", "Bài mới. Kế hoạch 6/KH-UBND.")
        order.insert(0, "/new")
    if (name == "layout" and night == 3) or (name == "relaid" and night >= 3):
        pages = {path: page.replace('class="date"', 'class="moment"') for path, page in pages.items()}
    if name == "shrunk" and night == 4:
        order = order[:3]
    return pages, order


def changing(pages, order, night):
    if night >= 3:
        pages["/p1"] = article("/p1", "Đã sửa.")
        pages["/n1"] = article("n1", "Bài mới.")
        pages["/back"] = article("back", "Bài đề ngày cũ.", date="08:41 | 01/02/2015")
        pages["/deep"] = article("deep", "Bài chen vào giữa danh sách cũ.", date="08:41 | 01/02/2016")
        order[:0] = ["/n1", "/back"]
        order.insert(12, "/deep")
    if night >= 4:
        pages["/p1"] = article("/p1", "Nội dung của bài /p1, lần đầu. Kế hoạch 5/KH-UBND.")
        order.remove("/p2")
        del pages["/p2"]
        pages["/p3-moved"] = pages.pop("/p3")
        order[order.index("/p3")] = "/p3-moved"
        pages["/p4-again"] = pages["/p4"]
        order.insert(3, "/p4-again")
    if night >= 5:
        pages["/p2"] = article("/p2", "Nội dung của bài /p2, lần đầu. Kế hoạch 5/KH-UBND.")
        order.insert(2, "/p2")


def answer(night):
    def respond(asked):
        name = asked.portal
        if asked.path == "/robots.txt":
            return html(f"User-agent: *\n{'Disallow' if name == 'mind' and night == 3 else 'Allow'}: /\n")
        pages, order = posts(name, night)
        if asked.path == "/list":
            page = int(asked.query.get("p_cur", ["1"])[0])
            last = -(-len(order) // PAGE)
            return listing(*order[(page - 1) * PAGE : page * PAGE], more=page + 1 if page < last else None)
        return tagged(asked, pages[asked.path]) if asked.path in pages else GONE

    return respond


def write_portals(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        more = "expectations: {min_posts: 3}"
        (folder / f"{name}.yaml").write_text(PORTAL.format(name=name, more=more), encoding="utf-8")


def main(data: Path, folder: Path, night: int) -> None:
    write_portals(folder)
    server = Server(answer(night))
    options = Options(Period(), sweep=night in SWEEPS)
    summary = crawl(data, "", server.running, folder, options)
    print("\n".join((*summary.warnings(), summary.line())))
    (data / f"visits{night}.txt").write_text("\n".join("\t".join(map(str, visit)) for visit in server.visits))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
