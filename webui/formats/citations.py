"""An article -> the ways to cite it: plain text, BibTeX, RIS, CSL-JSON. Pure functions, called by views and templates.

Whatever an article says, the formats hold: braces of BibTeX balance, each line of RIS is one tag and one value,
CSL-JSON is JSON. A date is as exact as the source was, on the calendar day of the zone that it stated.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta

import orjson

from indexer.article import Article, Precision, Published, Translation
from webui import scripts
from webui.formats.author_names import Name, part

# Characters that end a line or that no text file of references may hold.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})\Z")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_KEY_WORDS = 3  # words of the title in a BibTeX key
# A backslashed brace still counts as a brace to BibTeX, so braces are named.
_TEX = {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """Where and when the article was read: its address, the name of the archive, the day. An archive that is not on the
    web has no addresses."""

    permalink: str
    archive: str
    accessed: date


@dataclass(frozen=True, slots=True)
class Wording:
    """Words of the plain citation. `translated` takes the place of {0}, a language; `between` parts authors.
    `machine` says which machine translated what was read, if one did."""

    undated: str = "n.d."
    untitled: str = "[Untitled]"
    accessed: str = "accessed"
    archived: str = "Archived copy"
    translated: str = "Translated from {0}"
    machine: str = ""
    quotes: tuple[str, str] = ("“", "”")
    between: str = "; "


ENGLISH = Wording()


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the plain citation. What has a `direction` ("auto", "ltr") is set apart from the text around it, or it
    would change places with its neighbours in a line from right to left."""

    text: str
    direction: str = ""
    language: str = ""


def plain(article: Article, reading: Reading, words: Wording = ENGLISH) -> str:
    """One paragraph, the same in every language but for `words`; dates are ISO 8601."""
    return "".join(piece.text for piece in pieces(article, reading, words))


def pieces(article: Article, reading: Reading, words: Wording = ENGLISH) -> list[Piece]:
    """The plain citation in its parts."""
    before, after = map(Piece, words.quotes)
    title = [before, Piece(_clean(article.title) or words.untitled, "auto", article.language or ""), after]
    stated = _stated_text(article.published)
    sentences = [_authors(article, words), title, _source(article), [_code(stated) if stated else Piece(words.undated)]]
    sentences = [_unstopped(sentence) for sentence in sentences if sentence]
    if article.translated_from:
        sentences.append([Piece(words.translated.format(_clean(article.translated_from)))])
    if words.machine:
        sentences.append([Piece(_clean(words.machine), "auto")])
    if url := _web(article.url):
        sentences.append([_code(url)])
    if archived := _web(article.archived_url):
        sentences.append([Piece(f"{words.archived}: "), _code(archived)])
    archive, day = Piece(_clean(reading.archive), "auto"), _code(reading.accessed.isoformat())
    address = [Piece(": "), _code(reading.permalink)] if reading.permalink else []
    sentences.append([archive, *address, Piece(f" ({words.accessed} "), day, Piece(")")])
    *told, _ = (piece for sentence in sentences for piece in (*sentence, Piece(". ")))
    return [*told, Piece(".")]


def _authors(article: Article, words: Wording) -> list[Piece]:
    named = [Piece(str(part(author)), "auto") for author in _clean_all(article.author)]
    return [piece for name in named for piece in (Piece(words.between), name)][1:]


def _source(article: Article) -> list[Piece]:
    name = _clean(article.source)
    stated = tuple(filter(None, (article.translated_from, article.language)))
    return [Piece(name, "auto", scripts.language_of(name, stated) or "")] if name else []


def _code(text: str) -> Piece:
    """What is written from left to right in every language: a date, an address."""
    return Piece(text, "ltr")


def bibtex(article: Article, reading: Reading) -> str:
    """One entry that both BibTeX and biblatex read."""
    source = _clean(article.source)
    stated = _stated(article.published)
    fields: list[tuple[str, str]] = []
    if authors := " and ".join(_tex_name(part(author)) for author in _clean_all(article.author)):
        fields.append(("author", _braced(authors)))
    # Inner braces keep the capitals as they are.
    fields.append(("title", _braced(_braced(_tex(_clean(article.title) or ENGLISH.untitled)))))
    if source:
        fields.append(("journal", _braced(_tex(source))))
    for name, value in zip(("year", "month", "day"), stated, strict=False):
        fields.append(
            (name, _MONTHS[value - 1] if name == "month" else _braced(f"{value:04d}" if name == "year" else str(value)))
        )
    fields.append(("url", _braced(_tex_url(_web(article.url) or reading.permalink))))
    fields.append(("urldate", _braced(reading.accessed.isoformat())))
    if article.language:
        fields.append(("language", _braced(_tex(_clean(article.language)))))
    fields.append(("note", _braced("; ".join(_notes(article, reading)))))
    kind = "article" if source else "misc"
    body = "".join(f",\n  {name} = {value}" for name, value in fields)
    return f"@{kind}{{{_key(article)}{body}\n}}\n"


def ris(article: Article, reading: Reading, more: Iterable[tuple[str, str]] = ()) -> str:
    """One record. `more` are further tags and values before its end."""
    stated = _stated(article.published)
    lines: list[tuple[str, str]] = [("TY", "NEWS")]
    lines += [("AU", str(part(author))) for author in _clean_all(article.author)]
    lines.append(("TI", article.title or ENGLISH.untitled))
    lines.append(("T2", article.source or ""))
    if stated:
        year, month, day = (*(f"{value:02d}" for value in stated), "", "")[:3]
        lines += [("PY", f"{stated[0]:04d}"), ("DA", f"{year.zfill(4)}/{month}/{day}/")]
    lines.append(("AB", article.summary))
    lines.append(("LA", article.language or ""))
    if article.translated_from:
        lines.append(("N1", ENGLISH.translated.format(article.translated_from)))
    if article.translation:
        lines += [("TT", article.translation.title), ("N1", _machine(article.translation))]
    lines += [("UR", _web(article.url) or ""), ("UR", reading.permalink), ("L2", _web(article.archived_url) or "")]
    lines += [("DB", reading.archive), ("AN", article.id)]
    lines.append(("Y2", f"{reading.accessed:%Y/%m/%d}/"))
    lines += more
    text = "".join(f"{tag}  - {value}\r\n" for tag, raw in lines if (value := _clean(raw)))
    return text + "ER  - \r\n"


def csl_json(article: Article, reading: Reading) -> str:
    """A JSON array of one item, as citation processors take it."""
    return orjson.dumps([csl_item(article, reading)], option=orjson.OPT_INDENT_2).decode() + "\n"


def csl_item(article: Article, reading: Reading) -> dict[str, object]:
    """The item of an article by the CSL-JSON schema; what the article does not say is left out."""
    accessed = reading.accessed
    item: dict[str, object] = {
        "id": _clean(article.id) or _key(article),
        "type": "article-newspaper",
        "title": _clean(article.title),
        "author": [_csl_name(part(author)) for author in _clean_all(article.author)],
        "container-title": _clean(article.source),
        "issued": {"date-parts": [list(stated)]} if (stated := _stated(article.published)) else None,
        "abstract": _clean(article.summary),
        "language": _clean(article.language),
        "section": _clean(article.category).replace("/", ", "),
        "URL": _web(article.url) or reading.permalink,
        "accessed": {"date-parts": [[accessed.year, accessed.month, accessed.day]]},
        "archive": _clean(reading.archive),
        "archive_location": reading.permalink,
        "note": "; ".join(_translations(article)) or None,
    }
    return {name: value for name, value in item.items() if value}


@dataclass(frozen=True, slots=True)
class Format:
    """A way to cite: its name in an address, its media type, the ending of its files, and what writes it."""

    name: str
    content_type: str
    suffix: str
    write: Callable[[Article, Reading], str]


FORMATS: Mapping[str, Format] = {
    each.name: each
    for each in (
        Format("plain", "text/plain", "txt", plain),
        Format("bibtex", "application/x-bibtex", "bib", bibtex),
        Format("ris", "application/x-research-info-systems", "ris", ris),
        Format("csl-json", "application/vnd.citationstyles.csl+json", "csl.json", csl_json),
    )
}


def listed(kind: Format, readings: Sequence[tuple[Article, Reading]]) -> str:
    """The citations of several articles in one file, in their order."""
    if kind.write is csl_json:
        items = [csl_item(article, reading) for article, reading in readings]
        return orjson.dumps(items, option=orjson.OPT_INDENT_2).decode() + "\n"
    end = "\n" if kind.write is plain else ""  # the others end their lines themselves
    return "".join(kind.write(article, reading) + end for article, reading in readings)


def file_stem(article: Article) -> str:
    """The name of a citation's file without its ending: letters, digits and hyphens of ASCII."""
    return _key(article)


def _stated(published: Published | None) -> tuple[int, ...]:
    """Year, month, day as far as they were stated: in the stated zone where it is an offset, else as filed."""
    if published is None:
        return ()
    day = published.day
    if published.precision is Precision.SECOND and (offset := _OFFSET.match(published.zone or "")):
        minutes = int(offset[2]) * 60 + int(offset[3])
        with suppress(OverflowError):  # at the ends of the calendar there is no other day
            day = (published.instant + timedelta(minutes=minutes if offset[1] == "+" else -minutes)).date()
    length = {Precision.YEAR: 1, Precision.MONTH: 2}.get(published.precision, 3)
    return (day.year, day.month, day.day)[:length]


def _stated_text(published: Published | None) -> str:
    stated = _stated(published)
    return "-".join(f"{value:04d}" if at == 0 else f"{value:02d}" for at, value in enumerate(stated))


def _clean(text: str | None) -> str:
    """One line of printable text."""
    return " ".join(_UNPRINTABLE.sub(" ", text or "").split())


def _clean_all(texts: Iterable[str]) -> list[str]:
    return [clean for text in texts if (clean := _clean(text))]


def _unstopped(sentence: list[Piece]) -> list[Piece]:
    """Without a full stop at the end, so that the one that is put there does not stand twice: `King, Jr.`."""
    *before, last = sentence
    return [*before, replace(last, text=last.text.removesuffix("."))]


def _web(url: str | None) -> str | None:
    """An address on the web without blanks, or None."""
    clean = _clean(url).replace(" ", "%20")
    return clean if clean.lower().startswith(("http://", "https://")) else None


def _notes(article: Article, reading: Reading) -> list[str]:
    notes = [] if article.published else [ENGLISH.undated]
    notes += map(_tex, _translations(article))
    return [*notes, f"{_tex(_clean(reading.archive))}: {_tex(reading.permalink)}"]


def _translations(article: Article) -> list[str]:
    """From which language it is translated, and by which machine into which."""
    found = [ENGLISH.translated.format(_clean(article.translated_from))] if article.translated_from else []
    return [*found, _machine(article.translation)] if article.translation else found


def _machine(made: Translation) -> str:
    by = f" by {_clean(made.engine)}" if made.engine else ""
    title = f": {_clean(made.title)}" if made.title else ""
    return f"Machine translation into {_clean(made.language)}{by}{title}"


def _braced(text: str) -> str:
    return f"{{{text}}}"


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in text)


def _tex_url(url: str) -> str:
    """An address is printed as it stands, so only what would break the entry is coded."""
    return url.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")


def _tex_name(name: Name) -> str:
    """`Doe, Jane`, `King, Jr., Martin Luther`; a whole name in braces, or " and " and commas in it would part it."""
    if name.whole or any(re.search(r"\band\b|,", text) for text in (name.family, name.given)):
        return _braced(_tex(str(name)))
    return ", ".join(_tex(text) for text in (name.family, name.suffix, name.given) if text)


def _csl_name(name: Name) -> dict[str, str]:
    if name.whole:
        return {"literal": name.family}
    return {"family": name.family, "given": name.given} | ({"suffix": name.suffix} if name.suffix else {})


def _key(article: Article) -> str:
    """Who, when, first words, and what tells articles of the same words apart: `doe2021-lavrov-arrives-in-1f2e`."""
    first = part(article.author[0]).family if article.author else article.source or "article"
    year = str(_stated(article.published)[0]) if article.published else "-nd"
    title = "-".join(_ascii_words(article.title)[:_KEY_WORDS])
    mark = hashlib.blake2b(article.id.encode("utf-8", "surrogatepass"), digest_size=2).hexdigest()
    return "-".join(filter(None, (f"{''.join(_ascii_words(first))[:24] or 'article'}{year}", title[:40], mark)))


def _ascii_words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.findall(r"[a-z0-9]+", folded)
