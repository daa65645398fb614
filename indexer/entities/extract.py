"""An article's text to its entities: tag, normalise, join what means the same, let given entities win.

In: the text fields of one article and what its source said about it. Out: `Entity` values with every mention.
Called for each article by the build, inside worker processes (one `Extractor` each), and by `indexer entities
explain`. The same input gives the same output.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from indexer.article import ENTITY_KINDS, Entity, EntityKind, Mention
from indexer.config import EntitiesConfig
from indexer.entities.choose import TaggerChoice
from indexer.entities.coreference import Named, join
from indexer.entities.dateline import find_dateline, read_dateline
from indexer.entities.normalise import canonical, clean, fold, read_aliases
from indexer.entities.pairs import paired
from indexer.entities.tokenise import Sentence, sentences

KEPT_NAMES = 100_000  # surface forms whose names are remembered; names repeat from article to article
MAX_WORDS = 60_000  # words of one article that are tagged; the rest of a longer text is left untagged
_SUMMIT = re.compile(r"G-?\d+ summit\b", re.IGNORECASE)
# Short forms of bodies that also are the short form of a place.
_SHORT_FORMS: dict[str, Named] = {"VA": ("organisation", "Department of Veterans Affairs")}
_FIELDS = ("title", "summary", "body")


@dataclass(frozen=True, slots=True)
class Found:
    """One mention before joining: where it stands and what it names by itself."""

    mention: Mention
    surface: str
    named: Named
    fixed: bool  # the name is settled (alias table, name list) and joins nothing


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
        found = spelt_out(self._part(self._tag(texts, language)))
        found = self._with_dateline(found, body, dateline, source)
        wanted = [self._given(entity) for entity in given]
        names = [item.named for item in found]
        fixed = frozenset(item.named for item in found if item.fixed)
        named_by_source = {_key(entity.kind, entity.name): (entity.kind, entity.name) for entity in wanted}
        by_name = {fold(entity.name): (entity.kind, entity.name) for entity in wanted}
        names = [named_by_source.get(_key(*named), by_name.get(fold(named[1]), named)) for named in names]
        settled = frozenset(named_by_source.values())
        # Given names take part in joining, so that "Lavrov" in the text finds the given "Sergei Lavrov".
        joined = join([*settled_order(wanted), *names], fixed | settled)[len(wanted) :]
        return _assemble(found, joined, wanted)

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
        found: list[Found] = []
        tagged = tagger.tag([sentence.words for _, sentence in places])
        for (field, sentence), spans in zip(places, tagged, strict=True):
            for span in spans:
                start, end = sentence.span(span.first, span.last)
                if "@" in texts[field][max(start - 1, 0) : end]:
                    continue  # a handle or an address is no name
                if _SUMMIT.match(texts[field], start):
                    continue  # "the G-20 summit" is what happens, not who
                start += span.skip
                self._add(found, Mention(start, end, field), texts[field][start:end], span.kind, span.name)
        return found

    def _add(self, found: list[Found], mention: Mention, surface: str, kind: EntityKind, name: str | None) -> None:
        if name is not None:
            # A person under his nominative is still to be joined with his other names in the document.
            found.append(Found(mention, surface, (kind, name), kind != "person"))
            return
        key = (surface, kind)
        if key not in self._known:
            if len(self._known) >= KEPT_NAMES:
                self._known.clear()
            self._known[key] = self._settle(surface, kind)
        named, fixed = self._known[key]
        if named:
            found.append(Found(mention, surface, named, fixed))

    def _part(self, found: list[Found]) -> list[Found]:
        """Mentions of two family names side by side as two mentions."""
        pairs = paired(item.named[1] for item in found if item.named[0] == "person")
        if not pairs:
            return found
        result: list[Found] = []
        for item in found:
            first, gap, last = item.surface.partition(" ")
            if item.named[0] != "person" or item.named[1] not in pairs or not gap or " " in last:
                result.append(item)
                continue
            start, end, field = item.mention.start, item.mention.end, item.mention.field
            self._add(result, Mention(start, start + len(first), field), first, "person", None)
            self._add(result, Mention(end - len(last), end, field), last, "person", None)
        return result

    def _settle(self, surface: str, kind: EntityKind) -> tuple[Named | None, bool]:
        """What a surface form names by itself, and whether the alias table says so."""
        hit = self._aliases.find(surface, kind)
        if hit:
            return hit, True
        named = canonical(surface, kind, self._aliases)
        return named, named is not None and self._aliases.find(clean(surface, kind), kind) is not None

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
            self._add(head, Mention(start, end, "body"), body[start:end], "place", None)
            if fold(inside.agency) != fold(source or ""):
                start, end = inside.agency_span
                named: Named = ("organisation", inside.agency)
                head.append(Found(Mention(start, end, "body"), body[start:end], named, True))
            kept = [item for item in found if item.mention.field != "body" or item.mention.start >= limit]
            before = sum(item.mention.field != "body" for item in kept)
            return [*kept[:before], *head, *kept[before:]]
        if dateline and (read := read_dateline(dateline)):
            kinds: dict[str, EntityKind] = {fold(read.place): "place", fold(read.agency or read.place): "organisation"}
            kinds[fold(read.place)] = "place"
            return [
                replace(item, named=(kinds[fold(item.named[1])], item.named[1]))
                if fold(item.named[1]) in kinds and not item.fixed
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


def spelt_out(found: list[Found]) -> list[Found]:
    """Short forms that are a place by themselves, as the body they stand for where the document spells it out."""
    names = {item.named for item in found}
    meant = {surface: named for surface, named in _SHORT_FORMS.items() if named in names}
    if not meant:
        return found
    return [replace(item, named=meant.get(item.surface, item.named)) for item in found]


_FIELD_ORDER = {"title": 0, "summary": 1, "body": 2}


def settled_order(given: Iterable[Entity]) -> list[Named]:
    """Given entities as names, in order."""
    return [(entity.kind, entity.name) for entity in given]


def _key(kind: EntityKind, name: str) -> tuple[EntityKind, str]:
    return kind, fold(name)


def _assemble(found: Sequence[Found], names: Sequence[Named], given: Sequence[Entity]) -> tuple[Entity, ...]:
    """Group mentions by what they mean; spellings that differ in case or accents are one."""
    groups: dict[tuple[EntityKind, str], list[int]] = {}
    for place, (kind, name) in enumerate(names):
        groups.setdefault(_key(kind, name), []).append(place)
    entities: list[Entity] = []
    for entity in given:
        places = groups.pop(_key(entity.kind, entity.name), [])
        entities.append(_entity(entity.kind, entity.name, [found[p] for p in places], entity))
    for (kind, _), places in groups.items():
        spellings = Counter(names[place][1] for place in places)
        name = min(spellings, key=lambda text: (-spellings[text], text.isupper(), text))
        entities.append(_entity(kind, name, [found[place] for place in places], None))
    merged: dict[tuple[EntityKind, str], Entity] = {}
    for entity in entities:
        merged.setdefault((entity.kind, entity.name), entity)
    return tuple(sorted(merged.values(), key=lambda entity: ENTITY_KINDS.index(entity.kind)))


def _entity(kind: EntityKind, name: str, found: Sequence[Found], given: Entity | None) -> Entity:
    mentions = [item.mention for item in found]
    surfaces = [" ".join(item.surface.split()) for item in found]
    stated = list(given.variants) if given else []
    if given:
        mentions = sorted({*given.mentions, *mentions}, key=lambda m: (_FIELD_ORDER.get(m.field, 9), m))
    variants = tuple(v for v in dict.fromkeys((*stated, *surfaces)) if v != name)
    return Entity(kind, name, tuple(mentions), given is not None, variants)
