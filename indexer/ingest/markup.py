"""Text as sources hold it (HTML fragments, Markdown, hard-wrapped mail) -> plain paragraphs parted by blank lines.

In: the value of a text field. Out: plain text without markup, in NFC. Called by `normalise` for every text field and
by readers for the fragments in feeds and wire formats. The only module under `indexer` that knows bleach.
"""

import html
import re
import unicodedata

from indexer.ingest.line_ends import paragraphs, whole_words, without_division_signs

# Blank or break: what ends a paragraph in a fragment of HTML.
_BLOCKS = (
    "p div br li ul ol h1 h2 h3 h4 h5 h6 blockquote tr table section article header footer figure figcaption hr pre "
    "dt dd dl aside nav main hl1 hl2 address form option select"
).split()
_TAG = re.compile(
    r"</?(?:p|div|br|li|ul|ol|h[1-6]|blockquote|table|t[rdh]|section|article|figure|figcaption|hr|pre|a|b"
    r"|i|em|strong|"
    r"span|img|font|u|sup|sub|small|script|style|iframe|center|abbr|cite|q|code|video|audio|source|object"
    r"|embed|input|"
    r"button|main|header|footer|aside|nav|strike|del|ins|dl|dt|dd|html|body|head|meta|link|title|!doctype"
    r"|ruby|r[btp]|"
    r"kbd|samp|mark|var|big|tt|s|wbr|picture|details|summary|label)"
    r"(?=[\s/>])[^<>]*/?>|<!--|<!\[CDATA\[",
    re.IGNORECASE,
)
_DROPPED = re.compile(
    r"<(script|style|noscript|template|iframe|svg|head)\b[^>]*>.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_BREAK = re.compile(rf"</?(?:{'|'.join(_BLOCKS)})(?=[\s/>])[^<>]*>", re.IGNORECASE)
_LINE_BREAK = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)
# Small print above a word: <ruby>東<rp>(</rp><rt>とう</rt><rp>)</rp>京<rt>きょう</rt></ruby>.
_RUBY_BRACKET = re.compile(r"<rp\b[^<>]*>[^<>]{0,9}(?:</rp\s*>)?", re.IGNORECASE)
_RUBY_TEXT = re.compile(r"<rt\b[^<>]*>([^<>]{0,200})(?:</rt\s*>)?", re.IGNORECASE)
SHORTEST_GLOSS = 4
_CELL = re.compile(r"</?(?:td|th|img)\b[^<>]*>", re.IGNORECASE)
_LIKE_A_TAG = re.compile(r"<[A-Za-z/!?]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")

_LINE_END = re.compile(r"\r\n?|\x0b|\x0c|\x85|\u2028")
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\u00ad\u200b\u2060\ufffe\uffff]")
_BLANKS = re.compile(r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f]+")
_AROUND_LINE_END = re.compile(r" ?\n ?")
_MANY_LINE_ENDS = re.compile(r"\n{3,}")
_SURROGATES = re.compile("[\ud800-\udfff]")

# Markdown: at least this many signs before a text is taken for it, so that "5 * 3" and "_x_" alone are left.
_ENOUGH_MARKDOWN = 2
# At the start of a line: heading, list, quotation, rule, fence.
_LINE_SIGNS = re.compile(r"\n {0,3}(?:#{1,6} \S|[*+-] {1,3}\S|> \S|={3,}[ \t]*(?=\n)|-{3,}[ \t]*(?=\n)|```)")
# Inside a line: a first character, which is quickly looked for, and the sign.
_INLINE_SIGNS = (("[", "]("), ("[", "]["), ("*", "**"), ("{", "{{<"), ("{", "{{%"))
# Everything that may run on is bounded: a hostile text must not cost quadratic time.
# (a character without which there is nothing to find, pattern, replacement), in the order in which they apply.
_MARKDOWN: tuple[tuple[str, re.Pattern[str], str], ...] = tuple(
    (needed, re.compile(pattern, re.MULTILINE), replacement)
    for needed, pattern, replacement in (
        ("`", r"^(?:```|~~~)[^\n]*$", ""),
        ("{{", r"\{\{[<%].{0,200}?[%>]\}\}", ""),
        ("]:", r"^\[\^?[^\]\n]{1,60}\]:[ \t].*$", ""),
        ("---", r"^\|?[ \t]*:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{3,}:?[ \t]*)+\|?[ \t]*$", ""),
        ("\n", r"^(?:={3,}|-{3,}|\*{3,}|_{3,}|(?:\* ){3,})[ \t]*$", ""),
        ("![", r"!\[[^\]\n]{0,500}\](?:\([^)\n]{0,1000}\)|\[[^\]\n]{0,100}\])", ""),
        ("](", r"\[([^\]\[\n]{1,1000})\]\((?:[^()\n]|\([^()\n]{0,500}\)){0,2000}\)", r"\1"),
        ("][", r"\[([^\]\[\n]{1,1000})\]\[[^\]\n]{0,100}\]", r"\1"),
        ("<http", r"<(https?://[^<>\s]+)>", r"\1"),
        ("#", r"^ {0,3}#{1,6}[ \t]+(.*)$", r"\n\1\n"),
        (">", r"^(?:[ \t]{0,3}>[ \t]?)+", ""),
        ("\n", r"^[ \t]*[*+-][ \t]+(?=\S)", "\n"),
        ("**", r"\*\*(?=\S)(.{1,300}?)(?<=\S)\*\*", r"\1"),
        ("__", r"(?<!\w)__(?=\S)(.{1,300}?)(?<=\S)__(?!\w)", r"\1"),
        ("*", r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![\w*])", r"\1"),
        ("_", r"(?<![\w_])_(?=[^\s_])([^_\n]+?)(?<=[^\s_])_(?![\w_])", r"\1"),
        ("`", r"`{1,2}([^`\n]+)`{1,2}", r"\1"),
        ("\\", r"\\([\\`*_{}\[\]()#+.!>|-])", r"\1"),
    )
)


def plain_text(text: str) -> str:
    """A text of paragraphs: HTML and Markdown removed when the text shows signs of them, blanks put in order."""
    if "<" in text and _TAG.search(text):
        text = without_html(text)
    elif "&" in text and _ENTITY.search(text):
        text = html.unescape(text)
    if _has_markdown(text):
        text = without_markdown(text)
    return tidy(text)


def plain_line(text: str) -> str:
    """A text of one line, such as a title or a name."""
    if text.isascii() and text.isprintable() and not ("&" in text or "<" in text or "  " in text):
        return text.strip()
    if "<" in text and _TAG.search(text):
        text = without_html(text)
    if "&" in text and _ENTITY.search(text):
        text = html.unescape(text)
    return " ".join(tidy(text).split())


def without_html(fragment: str) -> str:
    """A fragment of HTML as text: blocks become paragraphs, scripts and comments go, entities are resolved."""
    text = fragment.replace("<![CDATA[", "").replace("]]>", "")
    text = _DROPPED.sub(" ", text)
    if _BREAK.search(text):
        # In HTML a line end is a blank; in plain text with a stray <b> it parts paragraphs.
        text = whole_words(text.replace("\r", "")).replace("\n", " ")
    text = _LINE_BREAK.sub("\n", text)
    text = _BREAK.sub("\n\n", text)
    if "<rt" in text.lower():
        text = _RUBY_TEXT.sub(lambda found: small_print(found[1]), _RUBY_BRACKET.sub("", text))
    text = _CELL.sub(" ", text)
    text = _TAG.sub("", text)
    if _LIKE_A_TAG.search(text):
        import bleach

        # What is left is rare and odd; bleach parses it as a browser would, a hundred times slower.
        text = bleach.clean(text, tags=frozenset(), attributes={}, strip=True, strip_comments=True)
    return html.unescape(text)


def small_print(above: str) -> str:
    """What becomes of the small print above a word: a translation stands behind it, a reading goes.

    A reading says the word a second time, and inside it: 東京 must stay one word.
    """
    text = " ".join(above.split())
    return f" ({text})" if text.isascii() and len(text) >= SHORTEST_GLOSS and text.replace(" ", "").isalnum() else ""


def without_markdown(text: str) -> str:
    """Markdown as text: links keep their words, lists and headings become paragraphs, images go."""
    for needed, pattern, replacement in _MARKDOWN:
        if needed in text:
            text = pattern.sub(replacement, text)
    return text


def tidy(text: str) -> str:
    """NFC, no invisible characters, no blanks at line ends, paragraphs parted by exactly one blank line."""
    if not text.isascii():
        text = without_division_signs(unicodedata.normalize("NFC", text))
    if _is_untidy(text):
        text = _SURROGATES.sub("\ufffd", text)
        text = _LINE_END.sub("\n", text).replace("\u2029", "\n\n").replace("\u3000", " ")
        text = _INVISIBLE.sub("", text)
        text = _AROUND_LINE_END.sub("\n", _BLANKS.sub(" ", text))
        text = _MANY_LINE_ENDS.sub("\n\n", text).strip()
    return paragraphs(text) if "\n" in text else text


def _is_untidy(text: str) -> bool:
    """Whether there is anything to put in order. Most texts are clean; this is many times faster than a pattern."""
    if "  " in text or text[:1].isspace() or text[-1:].isspace():
        return True
    if "\n" not in text:
        return not text.isprintable()
    rows = text.split("\n")
    if not "".join(rows).isprintable() or any([row[0] == " " or row[-1] == " " for row in rows if row]):  # noqa: C419  # a list is twice as fast
        return True
    return "\n\n\n" in text


def _has_markdown(text: str) -> bool:
    signs = sum([text.count(sign) for first, sign in _INLINE_SIGNS if first in text])
    if signs < _ENOUGH_MARKDOWN and "\n" in text:
        signs += len(_LINE_SIGNS.findall(text))
    return signs >= _ENOUGH_MARKDOWN or (signs > 0 and "](http" in text)
