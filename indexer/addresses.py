"""A web address in one form for all the ways in which one page is linked: an article is known by it, and found.

Percent-encoding is brought into the form of RFC 3986 section 6.2.2 (and characters beyond ASCII into UTF-8, RFC 3987
section 3.1); http is https, `www.` is left out, the order of parameters does not count, and those that follow readers
about are dropped. Called by `ingest`, which makes ids of it, and by `same_work`. And an address as people are shown it.
"""

import re
import unicodedata
from urllib.parse import parse_qsl, quote, unquote_to_bytes, urlencode, urlsplit, urlunsplit

# What sharing buttons, newsletters and advertisements add: parameters by their beginnings, and by their names.
_FOLLOWING = tuple(
    "utm_ mtm_ pk_ piwik_ matomo_ hsa_ itm_ at_ ns_ wt. _hs __hs mc_ vero_ oly_ guce_ guccounter __cft__ fb_action_ "
    "share_bandit_ mkt_ sfmc_ ga_ _branch_ trk_ stm_".split()
)
_FOLLOWS = frozenset(
    "fbclid gclid gclsrc dclid msclkid yclid ysclid twclid ttclid li_fat_id gbraid wbraid igshid igsh s_kwcid "
    "irclickid rb_clickid rdt_cid srsltid _openstat _ga _gl _gac _gid _ke _kx __twitter_impression __tn__ __s "
    "spm scm xtor xtref ocid ncid cmpid icid cmp ref_src ref_url smid smtyp dicbo oborigurl sr_share cvid ved "
    "rss_id trk email_source from_source tduid wickedid mibextid fb_ref fb_source".split()
)
# What a fragment is called that names an entry of a live page, beside a number; and what else has numbers.
_ENTRIES = frozenset(
    "block post entry update live liveblog item event msg message eintrag beitrag actu billet pinned moment".split()
)
_NO_ENTRIES = frozenset("comment comments reply respond kommentar commentaire comentario more page slide".split())
_ANCHOR = re.compile(r"[\w:-]+")
_ANCHOR_WORD = re.compile(r"[^\W\d_]+")
_HASH = re.compile(r"(?=.*\d)[0-9a-f-]{12,}")
_ENCODED = re.compile(r"(?:%[0-9a-fA-F]{2})+")
_UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
# What has a meaning of its own in an address, and so is not the same as its encoded form.
_RESERVED = "!$&'()*+,;=:@/?#[]%"
# Parameters whose values open doors.
_SECRET = re.compile(r"(?:.*[_-])?(?:key|apikey|token|secret|password|passwd|pwd|auth|signature|sig)", re.IGNORECASE)
_HIDDEN = "..."


def canonical(address: str) -> str:
    """The one form of an address; the address itself where it cannot be parsed."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return address
    scheme = parts.scheme.lower()
    place = _host(parts.hostname or "").removeprefix("www.")
    if port and port not in (80, 443):
        place += f":{port}"
    path = _encoded(parts.path).rstrip("/") or "/"
    pieces = sorted(_encoded(piece) for piece in parts.query.split("&") if piece and not _follows(piece))
    fragment = _encoded(parts.fragment) if is_entry(parts.fragment) else ""
    return urlunsplit(("https" if scheme == "http" else scheme, place, path, "&".join(pieces), fragment))


def _host(name: str) -> str:
    name = name.rstrip(".").lower()
    if name.isascii():
        return name
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        return name


def _follows(piece: str) -> bool:
    """Whether a parameter only says where a reader came from."""
    name = piece.partition("=")[0].lower()
    return name in _FOLLOWS or name.startswith(_FOLLOWING)


def is_entry(fragment: str) -> bool:
    """Whether a fragment names an entry of a page, such as a post of a live blog, and not a place or a state of it."""
    if fragment.startswith(("/", "!")):
        return len(fragment) > 1
    if not _ANCHOR.fullmatch(fragment) or not any(map(str.isdigit, fragment)):
        return False
    words = set(_ANCHOR_WORD.findall(fragment.lower()))
    if words & _NO_ENTRIES:
        return False
    return bool(words & _ENTRIES) or (fragment.isdigit() and len(fragment) > 3) or _HASH.fullmatch(fragment) is not None


def _encoded(text: str) -> str:
    """Text of an address with everything encoded that has to be, and nothing else, in capitals."""
    plain = _ENCODED.sub(lambda found: quote(unquote_to_bytes(found[0]), safe=_UNRESERVED), text)
    return quote(unicodedata.normalize("NFC", plain) if not plain.isascii() else plain, safe=_RESERVED + _UNRESERVED)


def shown(address: str) -> str:
    """An address without what opens doors: a name and password in it, values of parameters such as `api_key`."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "(an address that cannot be read)"
    place = parts.netloc.rpartition("@")[2]
    query = parts.query
    pairs = parse_qsl(query, keep_blank_values=True)
    if any(_SECRET.fullmatch(name) for name, _ in pairs):
        query = urlencode([(name, _HIDDEN if _SECRET.fullmatch(name) else value) for name, value in pairs], safe=".")
    return urlunsplit((parts.scheme, place, parts.path, query, parts.fragment))
