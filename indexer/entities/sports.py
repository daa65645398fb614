"""Clubs named by their city: in "Chicago lost to Boston 98-91" both are teams.

In: the sentences of a document and decoded spans. Out: the same spans, cities of reported results turned into
organisations. Countries stay places: "Spain beat France 2-1" is said of the countries. Called by the default tagger
before names are made to agree, and marks only the mentions it is sure of.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from indexer.entities.lexicon import Lexicon
from indexer.entities.tagger import Span

# Verbs with a team on both sides, and what may stand between the verb and the second team.
VERBS = frozenset(
    """
    beat beats defeated defeats edged edges routed routs downed downs topped tops thrashed thrash trounced crushed
    hammered blanked swept whipped clobbered outlasted overcame stunned upset hosted hosts visit visited face faced
    faces drew lost loses lose trailed trail led leads won
    """.split()
)
LINKS = frozenset({"to", "with", "at", "against", "over", "past", "by"})
_SCORE = re.compile(r"\d{1,3}\Z")
_RESULT = re.compile(r"\d{1,3}[-–]\d{1,3}\Z")
_NUMBER = re.compile(r"[\d.:-]+\Z")
LINE_SCORE = 9  # first words of a sentence in which a result stands
SHORT = 12  # words of a line that can be a fixture or a row of a table
DASHES = frozenset({"-", "–", "—"})
NEVER = frozenset({"COUNTRY", "PEOPLE", "COMPANY"})


def name_teams(
    sentences: Sequence[Sequence[str]], spans: Sequence[Sequence[Span]], lexicon: Lexicon
) -> list[list[Span]]:
    """Spans with the cities of results as organisations."""
    return [
        _sentence(words, found, lexicon) if found and _is_report(words) else list(found)
        for words, found in zip(sentences, spans, strict=True)
    ]


def _is_report(words: Sequence[str]) -> bool:
    """Whether a result, a row of a league table or a fixture stands in the sentence: "98-91", "Boston 91 88 .508"."""
    if any(
        _SCORE.match(words[place - 1]) and _SCORE.match(words[place + 1])
        for place in range(1, len(words) - 1)
        if words[place] in DASHES
    ) or any(_RESULT.match(word) for word in words):
        return True
    if _is_line_score(words):
        return True
    short = len(words) <= SHORT
    return short and ("at" in map(str.lower, words) or sum(_SCORE.match(word) is not None for word in words) >= 2)


def _is_line_score(words: Sequence[str]) -> bool:
    """Whether a sentence begins with a result: "Detroit 5, Cleveland 3." """
    scores = [place for place, word in enumerate(words[:LINE_SCORE]) if _SCORE.match(word)]
    if len(scores) < 2 or words[scores[0] + 1] != ",":
        return False
    sides = (words[: scores[0]], words[scores[0] + 2 : scores[1]])
    return all(side and all(word[0].isupper() for word in side) for side in sides)


def _sentence(words: Sequence[str], spans: Sequence[Span], lexicon: Lexicon) -> list[Span]:
    found = [_without_score(words, span) for span in spans]
    teams = {place for place, (span, after) in enumerate(pairwise(found)) if _plays(words, span, after)}
    sides = teams | {place + 1 for place in teams}
    if _is_row(words, found[0]):
        sides.add(0)
    return [
        span._replace(kind="organisation")
        if place in sides and span.kind == "place" and not _is_country(words, span, lexicon)
        else span
        for place, span in enumerate(found)
    ]


def _plays(words: Sequence[str], span: Span, after: Span) -> bool:
    """Whether two neighbouring names are the sides of one result."""
    between = [word.lower() for word in words[span.last : after.first]]
    if between == ["at"]:
        return span.first == 0 and after.last == len(words)  # the fixture "Chicago at Boston"
    if between and between[0] in VERBS:
        return len(between) == 1 or (len(between) <= 3 and between[-1] in LINKS | {"the"})
    follows = words[after.last] if after.last < len(words) else ""
    apart = len(between) == 1 or (len(between) == 2 and between[1] == ",")
    return apart and _SCORE.match(between[0]) is not None and _SCORE.match(follows) is not None


def _without_score(words: Sequence[str], span: Span) -> Span:
    """The name in "Detroit 5"."""
    scored = span.last - span.first > 1 and _SCORE.match(words[span.last - 1])
    return span._replace(last=span.last - 1) if scored else span


def _is_row(words: Sequence[str], span: Span) -> bool:
    """Whether a name stands before nothing but numbers, as a club in a table does."""
    numbers = words[span.last :]
    leads = span.first == 0 or (span.first == 2 and words[1] == ".")
    return leads and len(numbers) >= 3 and all(map(_NUMBER.match, numbers))


def _is_country(words: Sequence[str], span: Span, lexicon: Lexicon) -> bool:
    name = " ".join(words[span.first : span.last]).lower()
    return not NEVER.isdisjoint(lexicon.phrase_classes.get(name, ()))
