"""The access log and the slow-query log, both without persons and without what they looked for unless that is wanted.

`broadsheet.requests` has a line for each request. It names the pattern of an address, `/<field>/<name>`, because the
address says whom somebody looked up. `access_log = "full"` adds the address and the client. `broadsheet.slow` has a
line for each request that took long, with what is needed to find out why: how many words, phrases, wildcards and
filters, which order and page. `log_queries` adds the query itself.

Records go to the logging of the program; `webui.serving` writes them to standard error.
"""

import logging
from collections import Counter
from urllib.parse import parse_qsl, quote

from indexer.config import WebConfig
from indexer.errors import BroadsheetError
from indexer.search.leaves import leaves
from indexer.search.parser import parse
from indexer.search.request import SearchRequest
from webui.addresses import params
from webui.http.observe import Answered, Listener

REQUESTS = logging.getLogger("broadsheet.requests")
SLOW = logging.getLogger("broadsheet.slow")
_AS_IT_IS = "%&=+/:?@!$'()*,;~[]"
_LONGEST = 2000  # characters of an address in a log


def listeners(web: WebConfig) -> list[Listener]:
    """The logs that a configuration asks for."""
    chosen: list[Listener] = []
    if web.access_log != "off":
        chosen.append(_full if web.access_log == "full" else _plain)
    if web.slow_ms:
        chosen.append(lambda answered: _slow(answered, web))
    return chosen


def _plain(answered: Answered) -> None:
    REQUESTS.info("%s", _outline(answered))


def _full(answered: Answered) -> None:
    client = answered.environ.get("REMOTE_ADDR") or "-"
    REQUESTS.info("%s client=%s address=%s", _outline(answered), client, _address(answered))


def _slow(answered: Answered, web: WebConfig) -> None:
    if answered.seconds * 1000 < web.slow_ms:
        return
    asked = f" address={_address(answered)}" if web.log_queries else ""
    SLOW.warning("%s %s%s", _outline(answered), shape(_query_string(answered)), asked)


def _outline(answered: Answered) -> str:
    return (
        f"{answered.method} {answered.page} status={answered.status} bytes={answered.sent} "
        f"ms={answered.seconds * 1000:.0f} whole_ms={answered.whole_seconds * 1000:.0f}"
    )


def _query_string(answered: Answered) -> str:
    return str(answered.environ.get("QUERY_STRING", ""))


def _address(answered: Answered) -> str:
    """Path and parameters as one printable word, so that nobody writes lines of his own into a log."""
    path = quote(str(answered.environ.get("PATH_INFO", "")).encode("latin-1", "replace"))
    query = quote(_query_string(answered).encode("latin-1", "replace"), safe=_AS_IT_IS)
    return (f"{path}?{query}" if query else path)[:_LONGEST]


def shape(query_string: str) -> str:
    """What a search asked, without what it asked for: kinds of clauses, filtered fields, order, page and size."""
    try:
        asked = params.read(parse_qsl(query_string, keep_blank_values=True), SearchRequest()).request
        tree = parse(asked.query).tree
    except BroadsheetError as error:
        return f"refused={type(error).__name__}"
    kinds = Counter(type(leaf).__name__.lower() for leaf in leaves(tree))
    parts = [f"characters={len(asked.query)}", *(f"{kind}={count}" for kind, count in sorted(kinds.items()))]
    parts += [f"filter={each.field}:{len(each.values) + len(each.excluded)}" for each in asked.filters]
    parts += ["dates=1"] if asked.dates else []
    return " ".join([*parts, f"sort={asked.sort}", f"page={asked.page}", f"size={asked.size}"])
