"""`python -m webui.translate`: the words of the interface -> catalogues, and catalogues -> what the pages read.

Collects every message of the code, the templates and the tables of notices, brings the `messages.po` of each language
in `translations/` up to date, and compiles it beside it. `gaps` says what is missing; a test holds it to nothing.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from indexer.search.notices import NOTICES as QUERY_NOTICES
from webui.addresses import params
from webui.i18n import INTERFACE_LANGUAGES

HERE = Path(__file__).parent
TRANSLATIONS = HERE / "translations"
SOURCE_LANGUAGE = "en"  # its words stand in the code
_METHODS = [("**.py", "python"), ("templates/**.html", "jinja2.ext:babel_extract")]
_OPTIONS = {"templates/**.html": {"trimmed": "true", "silent": "false"}}
_KEYWORDS = {"gettext": None, "lazy_gettext": None, "_": None, "ngettext": (1, 2)}
_WIDTH = 100
_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)  # so that the same words make the same file


def main() -> int:
    """Update and compile all catalogues; returns 1 where something is untranslated."""
    wanted = collected()
    missing = 0
    for tag, locale in INTERFACE_LANGUAGES.items():
        if tag == SOURCE_LANGUAGE:
            continue
        catalog = updated(locale, wanted)
        store(catalog, locale)
        found = list(gaps(catalog, wanted))
        missing += len(found)
        print(f"{tag}: {len(catalog)} messages, {len(found)} missing")
        for text in found[:20]:
            print(f"  {text}")
    return 1 if missing else 0


def collected() -> Catalog:
    """Every message of the interface."""
    catalog = Catalog(charset="utf-8")
    for _, _, message, comments, context in extract_from_dir(
        HERE, _METHODS, _OPTIONS, keywords=_KEYWORDS, comment_tags=("NOTE:",)
    ):
        catalog.add(message, auto_comments=comments, context=context)
    for text in (*params.NOTICES.values(), *QUERY_NOTICES.values()):
        catalog.add(text)
    return catalog


def catalogue_path(locale: str) -> Path:
    """Where a language's catalogue lies."""
    return TRANSLATIONS / locale / "LC_MESSAGES" / "messages.po"


def read(locale: str) -> Catalog:
    """A language's catalogue as it is; an empty one where there is none."""
    path = catalogue_path(locale)
    if not path.exists():
        return Catalog(locale=locale, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def updated(locale: str, wanted: Catalog) -> Catalog:
    """A language's catalogue with every wanted message and no other; what is translated stays."""
    old = read(locale)
    new = Catalog(locale=locale, charset="utf-8", project="Broadsheet", version="1", fuzzy=False, header_comment="")
    for message in sorted((each for each in wanted if each.id), key=lambda each: str(each.id)):
        known = old.get(_key(message))
        new.add(message.id, known.string if known else None)
    return new


def gaps(catalog: Catalog, wanted: Catalog) -> Iterator[str]:
    """Messages that a catalogue does not translate whole, or whose values it loses."""
    for message in wanted:
        if not message.id:
            continue
        known = catalog.get(_key(message))
        if known is None or known.fuzzy or not _whole(known, catalog.num_plurals):
            yield _key(message)
        elif any(True for _ in known.check(catalog)) or _fields(known):
            yield f"{_key(message)} (values differ)"


def store(catalog: Catalog, locale: str) -> None:
    """Write a catalogue, and compile it."""
    path = catalogue_path(locale)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(po_bytes(catalog))
    path.with_suffix(".mo").write_bytes(mo_bytes(catalog))


def po_bytes(catalog: Catalog) -> bytes:
    """A catalogue as text, the same whenever it is written."""
    buffer = BytesIO()
    write_po(buffer, catalog, width=_WIDTH, omit_header=False, sort_output=True, no_location=True)
    lines = buffer.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if "-Date: " not in line and "Generated-By" not in line).encode()


def mo_bytes(catalog: Catalog) -> bytes:
    """A compiled catalogue, the same whenever it is compiled."""
    buffer = BytesIO()
    plain = read_po(BytesIO(po_bytes(catalog)), locale=str(catalog.locale))
    plain.creation_date = plain.revision_date = _NO_DATE
    write_mo(buffer, plain)
    return buffer.getvalue()


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _whole(message: Message, plurals: int) -> bool:
    texts = message.string if isinstance(message.string, list | tuple) else (message.string,)
    return all(texts) and len(texts) == (plurals if isinstance(message.id, list | tuple) else 1)


def _fields(message: Message) -> bool:
    """Whether a notice lost one of its `{0}`."""
    marks = [f"{{{number}}}" for number in range(4)]
    return any(mark in str(message.id) and mark not in str(message.string) for mark in marks)


if __name__ == "__main__":
    sys.exit(main())
