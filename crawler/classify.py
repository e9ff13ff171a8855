"""What a page is, whatever its status said: an article, a document's page, a list, a table of documents, an error."""

from typing import Literal

from crawler.families import FAMILIES, fingerprint
from crawler.families.article import is_error
from crawler.families.liferay_legal import document, document_links
from crawler.families.select import select_one
from crawler.families.shared import Page
from crawler.stubs import stub

Kind = Literal["article", "document", "list", "document table", "error", "challenge", "login", "empty"]
_TABLES = ".UIDocumentList_Default"


def classify(page: Page, family: str | None = None) -> tuple[Kind, str | None]:
    """The kind of a page and the family it was read by (given, or borne by its marks).

    ``empty`` is a page with neither post nor links to any: a frame with nothing in it, or software nobody knows.
    """
    name = family if family is not None else fingerprint(page)
    known = stub(page)
    if known == "challenge":
        return "challenge", name
    if known == "login":
        return "login", name
    if known is not None or is_error(page):
        return "error", name
    if name is None:
        return "empty", None
    if FAMILIES[name].post(page) is not None:
        return ("document" if name == "liferay" and document(page) is not None else "article"), name
    if not FAMILIES[name].links(page).posts:
        return "empty", name
    table = select_one(page.soup, _TABLES) is not None or (name == "liferay" and bool(document_links(page)))
    return ("document table" if table else "list"), name
