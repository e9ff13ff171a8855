"""Which requests share one queue: all those to one registered domain, whatever sub-domain they name.

Departments and communes live on sub-domains of their province, often on one server; politeness is owed to the server.
"""

from urllib.parse import urlsplit

_SECOND_LEVEL = frozenset({"ac", "biz", "com", "edu", "gov", "health", "info", "int", "name", "net", "org", "pro"})


def slot_of(url: str) -> str:
    """The registered domain of an address: ``https://sonoivu.binhduong.gov.vn/`` → ``binhduong.gov.vn``."""
    host = (urlsplit(url).hostname or "").lower()
    labels = host.split(".")
    if host.endswith(".localhost") or labels[-1].isdigit():
        return host
    depth = 3 if len(labels) > 2 and labels[-1] == "vn" and labels[-2] in _SECOND_LEVEL else 2
    return ".".join(labels[-depth:])
