"""Places and organisations of one document in the nominative: "Верховного суда Пакистана" is Верховный суд Пакистана.

In: names of places and organisations as the text has them, each as words. Out: the nominative of each. Listed names
and head words ("суд", "область", "министерство") are looked up; adjectives before them take their gender; what follows
stays as it is. A name of one word that nobody listed takes the nominative that the document has. Called by `tagger`.
"""

import re
from collections.abc import Collection, Sequence

from indexer.entities.nominative.names import CASES, Form, KnownNames
from indexer.entities.nominative.readings import Grammar, cased

Words = tuple[str, ...]
_ACRONYM = re.compile(r"([^\W\d_a-zа-яё]{2,})['’-]?(?:а|у|ом|е|ы|и|ой|u|owi|em|ie|cie)\Z")
LONGEST = 4  # words of a listed name


class Things:
    """Settles names of places and organisations."""

    def __init__(self, names: KnownNames, grammar: Grammar) -> None:
        self._things = names.things
        self._grammar = grammar

    def settle(self, names: Collection[Words]) -> dict[Words, Words]:
        """The nominative of each name of a document."""
        return {words: self._nominative(words, names) for words in names}

    def _nominative(self, words: Words, names: Collection[Words]) -> Words:
        if len(words) == 1 and (found := _ACRONYM.match(words[0])):
            return (found.group(1),)
        low = tuple(word.lower() for word in words)
        for length in range(min(len(words), LONGEST), 0, -1):
            forms = self._things.get(" ".join(low[:length]).replace(" - ", "-"), ())
            if forms:
                return self._listed(words, length, forms)
            headed = self._headed(words, low, length) if length > 1 else None
            if headed:
                return headed
        return self._seen(words, low, names) if len(words) == 1 else words

    def _listed(self, words: Words, length: int, forms: Sequence[Form]) -> Words:
        """A name that starts with a listed one; one that is a nominative itself stays."""
        nominatives = {form.nominative for form in forms}
        if any(form.case == "nom" for form in forms) or len(nominatives) != 1:
            return words
        plain = nominatives.pop().replace("-", " - ").split()
        if len(plain) != length:
            return words
        return (*map(cased, words[:length], plain), *self._behind(words[length:], forms))

    def _behind(self, words: Words, forms: Sequence[Form]) -> Words:
        """What follows a head word; adjectives that end the name go with it where the language has them there."""
        if not self._grammar.adjectives_follow or not words or "-" in words[:1]:
            return words
        end = next((place for place, word in enumerate(words) if word.islower()), len(words))
        for form in forms:
            bent = [
                word if word == "-" or words[place + 1 : place + 2] == ("-",) else self._adjective(word, form)
                for place, word in enumerate(words[:end])
            ]
            if all(bent):
                return (*(each or "" for each in bent), *words[end:])
        return words

    def _adjective(self, word: str, form: Form) -> str | None:
        plain = self._grammar.adjective(word.lower(), form.gender, form.case)
        return cased(word, plain) if plain else None

    def _headed(self, words: Words, low: Words, length: int) -> Words | None:
        """A name whose word `length - 1` is a head word, after adjectives of its gender and case alone."""
        found: set[Words] = set()
        for form in self._things.get(low[length - 1], ()):
            bent = [self._grammar.adjective(word, form.gender, form.case) for word in low[: length - 1]]
            if all(bent):
                if form.case == "nom":
                    return words
                plain = [*(each or "" for each in bent), form.nominative]
                found.add((*map(cased, words[:length], plain), *words[length:]))
        return found.pop() if len(found) == 1 else None

    def _seen(self, words: Words, low: Words, names: Collection[Words]) -> Words:
        """Of one word: another name of the document that it may be a case of."""
        if len(low[0]) < 4 or not self._grammar.letters.match(low[0]):
            return words
        sources = {
            source for gender in "mf" for case in CASES[1:] for source in self._grammar.family(low[0], gender, case)
        }
        named = {(cased(words[0], source),) for source in sources if source != low[0]} & set(names)
        return named.pop() if len(named) == 1 else words
