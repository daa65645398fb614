"""Mail: one message (`.eml`) or a mailbox of them (mbox), as newsletters are kept. Parsed by the standard library.

A message's id is its Message-ID, its source the list that it came by, else who sent it. Of a text and a page of the
same words the text is taken, unless it only says where the page is.
"""

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage, Message
from email.utils import parseaddr
from typing import Any

from indexer.ingest.markup import plain_line, plain_text
from indexer.ingest.raw import RawArticle
from indexer.ingest.readers.base import Item, bad
from indexer.ingest.streams import MEGABYTE, Input, lines
from indexer.rejection import Origin

# Headers that a message has and other texts have not.
_OWN = re.compile(rb"^(?:message-id|mime-version|received|return-path|delivered-to|x-mailer|list-id):", re.I | re.M)
_USUAL = re.compile(rb"^(?:from|to|date|subject):", re.IGNORECASE | re.MULTILINE)
_HEADER = re.compile(rb"[!-9;-~]+:")
_FROM = re.compile(rb"From \S+.*\d{4}\s*$")
_QUOTED_FROM = re.compile(rb">+From ")
_ADDRESS = re.compile(r"<?(https?://[^\s>,]+)")
_LIST_NAME = re.compile(r'^\s*"?([^"<]*?)"?\s*<')
MOST_ATTACHMENTS = 50
LONGEST_OPENING = 300  # of a message in a mailbox
LEAST_OF_PAGE = 3  # a text of less than a third of the page's words is no version of it


def is_message(source: Input) -> bool:
    """Whether a file is one message."""
    block = re.split(rb"\r?\n\r?\n", source.head.lstrip(b"\xef\xbb\xbf\r\n"), maxsplit=1)[0]
    if not _HEADER.match(block):
        return False
    usual = len(_USUAL.findall(block))
    return usual >= 2 and (source.suffix in (".eml", ".emlx") or _OWN.search(block) is not None)


def is_mailbox(source: Input) -> bool:
    """Whether a file is an mbox: the line that opens a message, and a header right below it."""
    opening, _, rest = source.head.partition(b"\n")
    return _FROM.match(opening[:LONGEST_OPENING]) is not None and _HEADER.match(rest) is not None


def read_message(source: Input) -> Iterator[Item]:
    """The article of one message."""
    data = source.read_all(source.limits.max_warc_record_mb * MEGABYTE, "too_long", "max_warc_record_mb")
    yield RawArticle(Origin(source.path), fields=_fields(data))


def read_mailbox(source: Input) -> Iterator[Item]:
    """The messages of a mailbox, one at a time."""
    limit = source.limits.max_warc_record_mb * MEGABYTE
    held: list[bytes] = []
    size = number = 0
    blank = True
    for _, line, whole in lines(source.stream, limit):
        if blank and len(line) <= LONGEST_OPENING and _FROM.match(line):
            if number:
                yield _message(source, number, held, size, limit)
            held, size, number, blank = [], 0, number + 1, False
            continue
        blank = not line.strip()
        size += len(line) + 1 + (0 if whole else limit)
        if size <= limit:
            held.append(line[1:] if _QUOTED_FROM.match(line) else line)
    if number:
        yield _message(source, number, held, size, limit)


def _message(source: Input, number: int, held: list[bytes], size: int, limit: int) -> Item:
    if size > limit:
        detail = f"The message is over {limit // MEGABYTE} MB ([ingest] max_warc_record_mb)."
        return bad(source, number, "too_long", detail, b"\n".join(held[:5]))
    return RawArticle(Origin(source.path, number), fields=_fields(b"\n".join(held)))


def _fields(data: bytes) -> dict[str, Any]:
    message = email.message_from_bytes(data, policy=email.policy.default)
    name, address = parseaddr(_header(message, "From"))
    listed = _header(message, "List-Id")
    found = _LIST_NAME.match(listed)
    stated = _ADDRESS.search(_header(message, "Archived-At"))
    fields: dict[str, Any] = {
        "id": _header(message, "Message-ID").strip("<> "),
        "title": _header(message, "Subject"),
        "published": _header(message, "Date"),
        "author": name or None,
        "source": (found[1] if found else "") or name or address.rpartition("@")[2],
        "language": _header(message, "Content-Language").partition(",")[0],
        "topics": _header(message, "Keywords"),
        "url": stated[1] if stated else None,
        "body": _text(message),
        "sender": address,
        "list": listed,
        "attachments": [name for part in message.walk() if (name := _file_name(part))][:MOST_ATTACHMENTS],
    }
    return {key: value for key, value in fields.items() if value}


def _text(message: EmailMessage) -> str:
    plain, page = _part(message, "plain"), _part(message, "html")
    words = plain_text(page)
    if not plain.strip() or not words:
        return plain or words
    return plain if len(plain.split()) * LEAST_OF_PAGE >= len(words.split()) else words


def _part(message: EmailMessage, kind: str) -> str:
    """The text of a kind, in whatever character set it says; with replacements where it says the wrong one."""
    try:
        part = message.get_body(preferencelist=(kind,))
        content = part.get_content() if part is not None else ""
    except (LookupError, ValueError, AttributeError, TypeError, KeyError):  # an unknown charset, a malformed part
        parts = [part for part in message.walk() if part.get_content_subtype() == kind]
        data = parts[0].get_payload(decode=True) if parts else b""
        content = data.decode("utf-8", "replace") if isinstance(data, bytes) else ""
    return content if isinstance(content, str) else ""


def _header(message: Message, name: str) -> str:
    try:
        return plain_line(str(message.get(name) or ""))
    except (LookupError, ValueError, AttributeError, TypeError, IndexError):  # the parser of addresses gave up on it
        return next((plain_line(str(value)) for key, value in message.raw_items() if key.lower() == name.lower()), "")


def _file_name(part: Message) -> str:
    try:
        return plain_line(part.get_filename() or "")
    except (LookupError, ValueError, AttributeError, TypeError, IndexError):
        return ""
