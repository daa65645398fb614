"""Chinese text cut into the words of a list, by frequency.

In: characters of a sentence and a list of words. Out: the words as (first, last). The cut is the one of greatest
likelihood under independent words (dynamic programming from the end), which names that are not listed fall through as
single characters. Called by the Chinese reading.
"""

from collections.abc import Mapping, Sequence

UNKNOWN = -16.0  # log frequency of a character that is not listed


def segment(text: str, costs: Mapping[str, float], longest: Mapping[str, int]) -> list[tuple[int, int]]:
    """Words of a text of one character a place, in order.

    `costs` are log frequencies; `longest` maps a character to the length of the longest listed word it starts.
    """
    count = len(text)
    best = [0.0] * (count + 1)
    ends = [0] * count
    get = costs.get
    for place in range(count - 1, -1, -1):
        char = text[place]
        top = get(char, UNKNOWN) + best[place + 1]
        end = place + 1
        for stop in range(place + 2, min(place + longest.get(char, 1), count) + 1):
            cost = get(text[place:stop])
            if cost is not None and cost + best[stop] > top:
                top = cost + best[stop]
                end = stop
        best[place] = top
        ends[place] = end
    words: list[tuple[int, int]] = []
    place = 0
    while place < count:
        words.append((place, ends[place]))
        place = ends[place]
    return words


def longest_by_start(words: Sequence[str] | Mapping[str, object]) -> dict[str, int]:
    """The length of the longest word that starts with each character."""
    longest: dict[str, int] = {}
    for word in words:
        if len(word) > longest.get(word[0], 1):
            longest[word[0]] = len(word)
    return longest
