"""Which names meet in an archive with a commit, and which name of each group is shown from then on.

In: the documents that the commit adds and leaves behind, already visible to searches of the coming generation. Only the
keys of their names are looked at: a key that has several names is in the committed table, any other had one name at
most. So the cost grows with what a commit touches, and with the articles that have names of such groups, which are
counted. Of short names the table has the groups with a bare one; with a commit those are decided anew that it touches,
for which the names that may be called so are counted. Called by the writer and by rebuilds.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from indexer.engines.opensearch.cluster.connection import Connection
from indexer.engines.opensearch.cluster.retry import patiently
from indexer.engines.opensearch.cluster.spellings import (
    KEY,
    SPELT,
    Group,
    Spellings,
    is_bare,
    is_of_short_names,
    kind_of,
    spelt,
    unspelt,
)
from indexer.engines.opensearch.reader.term_statistics import visible
from indexer.entities.corrections import Corrections, Named
from indexer.entities.short_names import short_merges
from indexer.entities.variants import safe_merges

Dsl = dict[str, Any]
# Names read, and names or keys counted, in one request.
AT_ONCE = 10_000
# Keys whose one archived name is looked for in one request.
LOOKED_UP = 500
# Short names whose long ones are counted in one request: the pattern that chooses them may have 1,000 characters.
SHORT_NAMES = 30
# Names counted for these.
MOST_NAMES = 50_000


class Joining:
    """The names of a commit to come, the generation after `generation`."""

    def __init__(self, connection: Connection, indices: str, generation: int) -> None:
        self._connection = connection
        self._indices = indices
        self._committed = visible(generation) if generation else None
        self._coming = generation + 1

    def groups(
        self, before: Mapping[str, Group], rules: Corrections, *, join: bool, short_names: bool, everything: bool
    ) -> dict[str, Group]:
        """All groups as the commit leaves them.

        Args:
            before: the committed groups.
            join: whether a group is shown under one name; if not, it is only known.
            short_names: the same of short names.
            everything: whether to name all groups anew, because rules have changed, or only those touched.
        """
        touched = self._touched()
        parts = [
            ({key: group for key, group in before.items() if is_of_short_names(key) is short},
             {key: names for key, names in touched.items() if is_of_short_names(key) is short})
            for short in (False, True)
        ]  # fmt: skip
        spelled = self._spelled(*parts[0], rules, join, everything)
        naming = replace(rules, merges=Spellings(spelled).merges)
        return spelled | self._called(*parts[1], naming, join and short_names, everything)

    def _called(
        self,
        before: Mapping[str, Group],
        touched: Mapping[str, set[str]],
        naming: Corrections,
        join: bool,
        everything: bool,
    ) -> dict[str, Group]:
        """The groups of short names: of each the bare ones, with whom they mean."""
        asked = [key for key, names in touched.items() if key in before or any(is_bare(kind_of(key), n) for n in names)]
        if everything:
            asked = list(dict.fromkeys([*before, *asked]))
        counts: dict[str, int] = {}
        for portion in _portions(asked, SHORT_NAMES):
            counts.update(self._long_names(portion))
        keyed = [(*unspelt(value), count) for value, count in counts.items()]
        merges: dict[Named, Named] = {}
        if join:
            merges = short_merges({(kind_of(key), name): count for key, name, count in keyed}, naming)
        result = {key: group for key, group in before.items() if key not in set(asked)}
        for key, name, _ in sorted(keyed):
            kind = kind_of(key)
            if is_bare(kind, name):
                result[key] = {**result.get(key, {}), name: merges.get((kind, name), (kind, ""))[1]}
        return result

    def _long_names(self, keys: Sequence[str]) -> dict[str, int]:
        """The names behind keys of short names, with the number of articles of the coming generation that have each."""
        # Not `.*`: values that begin so are looked up in another way then, which fails (IndexOutOfBounds) in a segment
        # where none begins so late in the alphabet.
        pattern = f"({'|'.join(keys)})\t.+"
        terms = {"field": SPELT, "include": pattern, "size": MOST_NAMES, "shard_size": MOST_NAMES}
        found = self._ask(self._having(visible(self._coming), KEY, keys), {"names": {"terms": terms}})["names"]
        return {bucket["key"]: bucket["doc_count"] for bucket in found["buckets"]}

    def _spelled(
        self,
        before: Mapping[str, Group],
        touched: Mapping[str, set[str]],
        rules: Corrections,
        join: bool,
        everything: bool,
    ) -> dict[str, Group]:
        """The groups of spellings."""
        lone = {key: names for key, names in touched.items() if key not in before}
        names = {key: {*before.get(key, ()), *found} for key, found in touched.items()}
        for key, name in self._archived(lone):
            names[key].add(name)
        if everything:
            names = {key: set(group) for key, group in before.items()} | names
        counts = self._counts([spelt(key, name) for key, found in names.items() if len(found) > 1 for name in found])
        alive: dict[str, list[str]] = {}
        for value in counts:
            key, name = unspelt(value)
            alive.setdefault(key, []).append(name)
        labels = {(kind_of(key), name): counts[spelt(key, name)] for key, found in alive.items() for name in found}
        merges = safe_merges(labels, rules) if join else {}
        result = {key: group for key, group in before.items() if key not in names}
        for key, found in alive.items():
            if len(found) > 1:
                kind = kind_of(key)
                result[key] = {name: merges.get((kind, name), (kind, ""))[1] for name in sorted(found)}
        return result

    def _touched(self) -> dict[str, set[str]]:
        """The names in the documents that are born or die with the commit, by key."""
        touched: dict[str, set[str]] = {}
        either = [{"term": {"born": self._coming}}, {"term": {"died": self._coming}}]
        query = {"bool": {"should": either, "minimum_should_match": 1}}
        for key, name in map(unspelt, self._values(query)):
            touched.setdefault(key, set()).add(name)
        return touched

    def _values(self, query: Dsl) -> Iterator[str]:
        after: Dsl = {}
        while True:
            composite = {"size": AT_ONCE, "sources": [{"value": {"terms": {"field": SPELT}}}]} | after
            found = self._ask(query, {"values": {"composite": composite}})["values"]
            yield from (bucket["key"]["value"] for bucket in found["buckets"])
            if len(found["buckets"]) < AT_ONCE:
                return
            after = {"after": found["after_key"]}

    def _archived(self, lone: Mapping[str, set[str]]) -> Iterator[tuple[str, str]]:
        """Of keys that have one archived name at most: those that have one, and it is none of the given ones."""
        if self._committed is None:
            return
        for keys in _portions(list(lone), AT_ONCE):
            given = [spelt(key, name) for key in keys for name in lone[key]]
            parts = {"keys": _counting(KEY, keys), "names": _counting(SPELT, given)}
            found = self._ask(self._having(self._committed, KEY, keys), parts)
            known = {unspelt(bucket["key"])[0] for bucket in found["names"]["buckets"]}
            others = [bucket["key"] for bucket in found["keys"]["buckets"] if bucket["key"] not in known]
            for portion in _portions(others, LOOKED_UP):
                yield from self._names(portion)

    def _names(self, keys: Sequence[str]) -> Iterator[tuple[str, str]]:
        """The archived name of each of some keys, from one of the articles that have it."""
        assert self._committed is not None
        part = _counting(KEY, keys) | {
            "aggs": {"one": {"top_hits": {"size": 1, "_source": False, "docvalue_fields": [SPELT]}}}
        }
        found = self._ask(self._having(self._committed, KEY, keys), {"keys": part})
        for bucket in found["keys"]["buckets"]:
            (hit,) = bucket["one"]["hits"]["hits"]
            for key, name in map(unspelt, hit["fields"][SPELT]):
                if key == bucket["key"]:
                    yield key, name

    def _counts(self, values: Sequence[str]) -> dict[str, int]:
        """In how many articles of the coming generation each name is; those in none are left out."""
        counts: dict[str, int] = {}
        for portion in _portions(values, AT_ONCE):
            query = self._having(visible(self._coming), SPELT, portion)
            found = self._ask(query, {"names": _counting(SPELT, portion)})["names"]
            counts.update((bucket["key"], bucket["doc_count"]) for bucket in found["buckets"])
        return counts

    def _having(self, filters: Sequence[Dsl], field: str, values: Sequence[str]) -> Dsl:
        return {"bool": {"filter": [*filters, {"terms": {field: values}}]}}

    def _ask(self, query: Dsl, aggregations: Dsl) -> Any:
        body = {"size": 0, "track_total_hits": False, "query": query, "aggs": aggregations}
        return patiently(lambda: self._connection.search(body, self._indices))["aggregations"]


def _counting(field: str, values: Sequence[str]) -> Dsl:
    """An aggregation that counts each of some values, on every shard."""
    size = max(len(values), 1)
    return {"terms": {"field": field, "include": list(values), "size": size, "shard_size": size}}


def _portions(values: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (values[start : start + size] for start in range(0, len(values), size))
