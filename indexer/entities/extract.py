"""An article's text to its entities: tag, normalise, join what means the same, let given entities win.

In: the text fields of one article and what its source said about it. Out: `Entity` values with every mention.
Called for each article by the build, inside worker processes (one `Extractor` each), and by `indexer entities
explain`. The same input gives the same output.
"""

import re
from collections.abc import Container, Iterable, Mapping, Sequence

from indexer.article import ENTITY_KINDS, Entity, EntityKind, Mention
from indexer.config import EntitiesConfig
from indexer.entities.choose import TaggerChoice
from indexer.entities.coreference import meanings
from indexer.entities.dateline import find_dateline, read_dateline
from indexer.entities.found import Found, Named, Tagged
from indexer.entities.normalise import canonical, clean, fold, read_aliases
from indexer.entities.pairs import paired, side_by_side
from indexer.entities.parts import folded
from indexer.entities.people import calmed
from indexer.entities.sift import sift
from indexer.entities.tokenise import Sentence, sentences

KEPT_NAMES = 100_000  # surface forms whose names are remembered; names repeat from article to article
SHORTEST_SHOUTED = 4  # letters of a name that is no acronym though it is in capitals
MAX_WORDS = 60_000  # words of one article that are tagged; the rest of a longer text is left untagged
_SUMMIT = re.compile(r"G-?\d+ summit\b", re.IGNORECASE)
# Short forms of bodies that also are the short form of a place.
_SHORT_FORMS: dict[str, Named] = {"VA": ("organisation", "Department of Veterans Affairs")}
_FIELDS = ("title", "summary", "body")


class Extractor:
    """Turns articles into entities. Holds the taggers it has needed so far; make one per process."""

    def __init__(self, config: EntitiesConfig | None = None) -> None:
        self._taggers = TaggerChoice((config or EntitiesConfig()).taggers)
        self._aliases = read_aliases()
        self._known: dict[tuple[str, EntityKind], tuple[Named | None, bool]] = {}

    def check(self) -> None:
        """Load the configured taggers now.

        Raises:
            UserError: a configured tagger's package or model is missing; the message has the install command.
        """
        self._taggers.check()

    def extract(
        self,
        title: str,
        summary: str,
        body: str,
        language: str | None = None,
        given: Sequence[Entity] = (),
        dateline: str | None = None,
        source: str | None = None,
    ) -> tuple[Entity, ...]:
        """Entities of one article, in order of kind and first appearance; given ones keep their kind and name."""
        texts = {"title": title, "summary": summary, "body": body}
        wanted = [self._given(entity) for entity in given]
        people = [entity.name for entity in wanted if entity.kind == "person"]
        found = sift(spelt_out(self._part(self._tag(texts, language))), texts, people)
        found = self._with_dateline(found, body, dateline, source)
        fixed = frozenset([item.named for item in found if item.fixed])
        if not wanted:
            return _assemble(found, meanings([item.named for item in found], fixed), ())
        found = _as_given(found, wanted)
        settled = [(entity.kind, entity.name) for entity in wanted]
        # Given names take part in joining, so that "Lavrov" in the text finds the given "Sergei Lavrov".
        means = meanings([*settled, *(item.named for item in found)], fixed.union(settled))
        return _assemble(found, means, wanted)

    def _tag(self, texts: dict[str, str], language: str | None) -> list[Found]:
        """Tag all fields as one document, the title first."""
        places: list[tuple[str, Sentence]] = []
        words = 0
        base = (language or "").lower().split("-")[0]
        for field in _FIELDS:
            for sentence in sentences(texts[field], base) if texts[field] else ():
                words += len(sentence.words)
                if words > MAX_WORDS:
                    break
                places.append((field, sentence))
        if not places:
            return []
        tagger = self._taggers.for_language(language)
        tagged = tagger.tag([sentence.words for _, sentence in places])
        spans = (
            (field, begin + span.skip, end, span.kind, span.name)
            for (field, sentence), found in zip(places, tagged, strict=True)
            for span in found
            for begin, end in (sentence.span(span.first, span.last),)
        )
        return self._named(texts, spans)

    def _named(self, texts: Mapping[str, str], spans: Iterable[Tagged]) -> list[Found]:
        """What the spans of a document name by themselves; those that name nothing are left out."""
        found: list[Found] = []
        addresses = {field for field, text in texts.items() if "@" in text}
        loud = {field for field, text in texts.items() if text.isupper()}
        for field, start, end, kind, name in spans:
            text = texts[field]
            surface = text[start:end]
            if field in addresses and "@" in text[max(start - 1, 0) : end]:
                continue  # a handle or an address is no name
            if surface[0] in "Gg" and _SUMMIT.match(text, start):
                continue  # "the G-20 summit" is what happens, not who
            if name is not None:
                # A person under his nominative is still to be joined with his other names in the document.
                found.append(Found(start, end, field, surface, (kind, name), kind != "person"))
            elif settled := self._known.get((surface, kind)) or self._remember(surface, kind):
                named, fixed = settled
                if named:
                    found.append(Found(start, end, field, surface, named, fixed))
        return [_calmed(item) if item.field in loud else item for item in found] if loud else found

    def _remember(self, surface: str, kind: EntityKind) -> tuple[Named | None, bool]:
        """What a surface form names by itself, and whether the alias table says so; see `_settle`."""
        if len(self._known) >= KEPT_NAMES:
            self._known.clear()
        settled = self._known[surface, kind] = self._settle(surface, kind)
        return settled

    def _add(self, found: list[Found], start: int, end: int, field: str, surface: str, kind: EntityKind) -> None:
        named, fixed = self._known.get((surface, kind)) or self._remember(surface, kind)
        if named:
            found.append(Found(start, end, field, surface, named, fixed))

    def _part(self, found: list[Found]) -> list[Found]:
        """Mentions of several people side by side as one mention of each."""
        names = [item.named[1] for item in found if item.named[0] == "person"]
        pairs = paired(names)
        if not pairs and not any(name.count(" ") > 2 for name in names):
            return found
        result: list[Found] = []
        for item in found:
            pieces = self._pieces(item, pairs) if item.named[0] == "person" else None
            if pieces is None:
                result.append(item)
                continue
            for start, end in pieces:
                surface = item.surface[start:end]
                self._add(result, item.start + start, item.start + end, item.field, surface, "person")
        return result

    def _pieces(self, item: Found, pairs: Container[str]) -> list[tuple[int, int]] | None:
        """Offsets into a mention of the names that stand in it side by side, if these are several."""
        if item.named[1] in pairs and item.surface.count(" ") == 1:
            gap = item.surface.index(" ")
            return [(0, gap), (gap + 1, len(item.surface))]
        return side_by_side(item.surface)

    def _settle(self, surface: str, kind: EntityKind) -> tuple[Named | None, bool]:
        """What a surface form names by itself, and whether the alias table says so."""
        hit = self._aliases.find(surface, kind)
        if hit:
            return hit, True
        name = clean(surface, kind)
        if not name:
            return None, False
        hit = self._aliases.find(name, kind) if name != surface else None
        return hit or (kind, name), hit is not None

    def _with_dateline(self, found: list[Found], body: str, dateline: str | None, source: str | None) -> list[Found]:
        """Replace what the tagger made of a dateline at the start of the body by its place and agency.

        The agency is left out where it is the article's own source, which every article of it would name. A dateline
        that is a field of its own stands nowhere in the text, so it is no mention; it only tells what its names are.
        """
        inside = find_dateline(body)
        if inside and inside.agency and inside.agency_span:
            limit = inside.agency_span[1]
            start, end = inside.place_span
            head: list[Found] = []
            self._add(head, start, end, "body", body[start:end], "place")
            if fold(inside.agency) != fold(source or ""):
                start, end = inside.agency_span
                named: Named = ("organisation", inside.agency)
                head.append(Found(start, end, "body", body[start:end], named, True))
            kept = [item for item in found if item.field != "body" or item.start >= limit]
            before = sum(item.field != "body" for item in kept)
            return [*kept[:before], *head, *kept[before:]]
        if dateline and (read := read_dateline(dateline)):
            kinds: dict[str, EntityKind] = {fold(read.place): "place", fold(read.agency or read.place): "organisation"}
            kinds[fold(read.place)] = "place"
            return [
                item._replace(named=(kinds[folded(item.named[1])], item.named[1]))
                if folded(item.named[1]) in kinds and not item.fixed
                else item
                for item in found
            ]
        return found

    def _given(self, entity: Entity) -> Entity:
        """A given entity under its normalised name; one that cleaning would empty stays as the source wrote it."""
        named = canonical(entity.name, entity.kind, self._aliases)
        # The kind is the source's own even where the alias table would have another.
        name = named[1] if named and named[0] == entity.kind else clean(entity.name, entity.kind) or entity.name.strip()
        variants = tuple(v for v in dict.fromkeys((*entity.variants, entity.name)) if v != name)
        return Entity(entity.kind, name, entity.mentions, True, variants)


def _calmed(item: Found) -> Found:
    """A mention in a text that is all capitals, where a word in capitals is no acronym."""
    kind, name = item.named
    if item.fixed or len(name) < SHORTEST_SHOUTED or not name.isupper() or "." in name:
        return item
    return item._replace(named=(kind, calmed(name)))


def spelt_out(found: list[Found]) -> list[Found]:
    """Short forms that are a place by themselves, as the body they stand for where the document spells it out."""
    if not any(item.surface in _SHORT_FORMS for item in found):
        return found
    names = {item.named for item in found}
    meant = {surface: named for surface, named in _SHORT_FORMS.items() if named in names}
    return [item._replace(named=meant.get(item.surface, item.named)) for item in found]


def _key(kind: EntityKind, name: str) -> tuple[EntityKind, str]:
    return kind, folded(name)


def _as_given(found: Iterable[Found], given: Sequence[Entity]) -> list[Found]:
    """Mentions of what the source itself named, under its kind and name."""
    of_kind = {_key(entity.kind, entity.name): (entity.kind, entity.name) for entity in given}
    of_any = {folded(entity.name): (entity.kind, entity.name) for entity in given}
    return [
        item._replace(named=of_kind.get(_key(*item.named)) or of_any.get(folded(item.named[1]), item.named))
        for item in found
    ]


def _assemble(found: Sequence[Found], means: Mapping[Named, Named], given: Sequence[Entity]) -> tuple[Entity, ...]:
    """Group mentions by what they mean; spellings that differ in case or accents are one."""
    groups: dict[Named, list[Found]] = {}
    for item in found:
        named = means[item.named]
        if named in groups:
            groups[named].append(item)
        else:
            groups[named] = [item]
    alike: dict[tuple[EntityKind, str], list[Named]] = {}
    for named in groups:
        alike.setdefault((named[0], folded(named[1])), []).append(named)
    entities: dict[Named, Entity] = {}
    for entity in given:
        items = _gathered(groups, alike.pop(_key(entity.kind, entity.name), ()))
        entities.setdefault((entity.kind, entity.name), _entity((entity.kind, entity.name), items, entity))
    for spellings in alike.values():
        shown = spellings[0]
        if len(spellings) > 1:
            shown = min(spellings, key=lambda named: (-len(groups[named]), named[1].isupper(), named[1]))
        entities.setdefault(shown, _entity(shown, _gathered(groups, spellings), None))
    return tuple(sorted(entities.values(), key=_in_order))


_FIELD_ORDER = {"title": 0, "summary": 1, "body": 2}
_ORDER = {kind: place for place, kind in enumerate(ENTITY_KINDS)}


def _in_order(entity: Entity) -> int:
    return _ORDER[entity.kind]


def _gathered(groups: Mapping[Named, list[Found]], spellings: Sequence[Named]) -> list[Found]:
    """The mentions under some names, as they follow one another in the article."""
    if len(spellings) == 1:
        return groups[spellings[0]]
    return sorted((item for named in spellings for item in groups[named]), key=_place)


def _place(item: Found) -> tuple[int, int]:
    return _FIELD_ORDER[item.field], item.start


def _entity(named: Named, found: Sequence[Found], given: Entity | None) -> Entity:
    kind, name = named
    mentions = []
    variants: dict[str, None] = {}
    for start, end, field, surface, _, _ in found:
        mentions.append(Mention(start, end, field))
        if surface != name:
            variants[surface if surface.isalnum() else " ".join(surface.split())] = None
    if given:
        mentions = sorted({*given.mentions, *mentions}, key=lambda m: (_FIELD_ORDER.get(m.field, 9), m))
        variants = {**dict.fromkeys(given.variants), **variants}
    variants.pop(name, None)
    return Entity(kind, name, tuple(mentions), given is not None, tuple(variants))
