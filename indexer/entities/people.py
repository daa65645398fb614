"""A person's name without what stands around it: titles, offices, the party and state of a politician.

In: a cleaned surface form. Out: the name. Sources that lost their punctuation write all of it into one line: "Education
Secretary Margaret Spellings", "Olympia Snowe R Maine". Called when a surface form is cleaned.
"""

import re

from indexer.entities.titles import TITLE_WORDS

_COUNTRY_TITLE = re.compile(r"^U\.? ?S\.? (?=[A-Z])")  # "U S Senator Jane Doe"
_ARABIC_ARTICLE = re.compile(r"(?<=\w )(Al|El|al|el)[ -]+(?=[A-Z])")  # "Bashar Al Assad", but "Al Gore"
# "Dick Durbin (D-IL)" or, with its punctuation lost, "Dick Durbin D IL".
_STATES = frozenset(
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR "
    "PA RI SC SD TN TX UT VT VA WA WV WI WY DC Ala Ariz Ark Calif Colo Conn Del Fla Ill Ind Kan Ky Mass Md Mich Minn "
    "Miss Mont Neb Nev Okla Ore Penn Tenn Tex Vt Wash Wis Wyo".split()
)
_PARTY = re.compile(rf",? \(?[DRI][ -](?:{'|'.join(sorted(_STATES))})\.?\)?$")
_NUMERAL = re.compile(r"[IVX]{2,5}\Z")  # of a king or pope; what stands first is a name, such as Xi
_PARTIES = frozenset("DR")  # and not I, which is also the number of a king
_AFTER_NAMES = frozenset("press office newsroom contact".split())
# Offices that are no family names, so that they end or begin what is the name wherever they stand.
_OFFICES = frozenset(
    "senator secretary president governor commissioner congressman congresswoman chairman chairwoman minister "
    "ambassador spokesman spokeswoman administrator mr mrs ms dr".split()
)
# Titles that are how their bearer is called: "Duke of Wellington".
_PEERS = frozenset(
    "duke duchess prince princess earl count countess archbishop bishop king queen lord lady emir sultan".split()
)


def bare_person(name: str) -> str:
    """The name alone; empty where nothing of it is left ("Director of National Intelligence")."""
    text = _COUNTRY_TITLE.sub("", name) if name[:1] == "U" else name
    if "l " in text or "l-" in text:
        text = _ARABIC_ARTICLE.sub(lambda m: m.group(1) + "-", text)
    words = text.split(" ")
    kept = words
    while len(kept) > 1 and kept[0].lower().rstrip(".") in TITLE_WORDS:
        # "Prince" or "Young" may be the name itself: a title is cut only where a name remains.
        kept = kept[1:]
    if len(kept) < len(words) and words[-len(kept) - 1].lower() in ("of", "the"):
        return name if words[0].lower() in _PEERS else ""  # an office alone: what is left is its country or body
    words = kept
    if len(words) > 2:
        words = _without_party(_without_office(words))
    while len(words) > 1 and words[-1].lower() in _AFTER_NAMES:
        words = words[:-1]  # "Graham Press Office" is the office of Graham
    if not name.isupper():  # "Joe BIDEN"; a whole name in capitals was calmed before
        words = [title_case(word) if len(word) > 3 and word.isupper() and "." not in word else word for word in words]
    bare = " ".join(words)
    if bare.rstrip(".)").replace("-", " ").rpartition(" ")[2] in _STATES:
        bare = _PARTY.sub("", bare)
    return bare


def _without_office(words: list[str]) -> list[str]:
    """Of "Education Secretary Margaret Spellings" the name behind the office, of "Ralph Basham Commissioner" the one
    before it."""
    for place in range(1, len(words)):
        if words[place].lower().rstrip(".") in _OFFICES:
            after = words[place + 1 :]
            return after if len(after) > 1 and len(after[1]) > 1 else words[:place]
    return words


def _without_party(words: list[str]) -> list[str]:
    """ "Mary Landrieu D La" without the letter of the party and what follows it."""
    for place in range(2, len(words)):
        if words[place] in _PARTIES and len(words[place - 1]) > 1:
            return words[: place - 1] if words[place + 1 :] == ["C"] else words[:place]  # "Washington D C"
    return words


def title_case(word: str) -> str:
    """A word in capitals as names are written: "MCCONNELL" is McConnell."""
    parts = [part[:1] + part[1:].lower() for part in word.split("-")]
    return "-".join("Mc" + part[2:].capitalize() if part[:2] == "Mc" else part for part in parts)


def calmed(name: str, small: frozenset[str] = frozenset()) -> str:
    """A name in capitals as names are written, words of `small` in lower case: "JOHN PAUL II" is John Paul II."""
    first, *rest = name.split(" ")
    words = (
        word if _NUMERAL.match(word) else word.lower() if word.lower() in small else title_case(word) for word in rest
    )
    return " ".join((title_case(first), *words))
