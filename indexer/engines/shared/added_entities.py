"""An entity that a correction adds to an article: where the article names it after all.

In: the article and the rule. Out: an `Entity` that says so, whose mentions are the places where the article has the
name itself, or a phrase of the query that stands for it. Called by `entity_corrections` for each article it adds to.
"""

from collections.abc import Iterator

from indexer import analysis
from indexer.article import Addition, Article, Entity, Mention
from indexer.entities.corrections import Named, Rule
from indexer.fields import TEXT_FIELDS
from indexer.search import query as q
from indexer.search.leaves import leaves
from indexer.search.parser import disjunction

_TEXTS = (None, *(field.name for field in TEXT_FIELDS))


def added_entity(article: Article, named: Named, rule: Rule) -> Entity:
    """The entity that a rule adds to an article, as `named`."""
    from indexer.highlight.whole_article import highlight  # only these articles need it

    looked_for = disjunction(*dict.fromkeys((*_spellings(named[1]), *_phrases(rule))))
    found = []
    for field, spans in highlight(article.with_translation(None), looked_for).items():
        text = getattr(article, field)
        found += [(Mention(*span, field), text[slice(*span)]) for span in spans if _is_name(named[1], text, span[0])]
    variants = {spelt for _, spelt in found} - {named[1]}
    mentions = tuple(sorted(mention for mention, _ in found))
    why = Addition(rule.parts[0].query, rule.comment)
    return Entity(*named, mentions, False, tuple(sorted(variants)), why)


def _spellings(name: str) -> Iterator[q.Exact]:
    if analysis.tokens(name):
        yield q.Exact(name)


def _phrases(rule: Rule) -> Iterator[q.Phrase | q.Exact]:
    """The phrases of the query that stand for the name: each that has a word of it, and what the whole query is."""
    tree = rule.parts[0].tree
    alternatives = tree.children if isinstance(tree, q.Or) else (tree,)
    own = set(analysis.tokens(rule.name))
    for node in leaves(tree):
        if not isinstance(node, q.Phrase | q.Exact) or node.field not in _TEXTS:
            continue
        stands_for_it = node in alternatives or own & set(analysis.tokens(node.text))
        if stands_for_it and not (isinstance(node, q.Phrase) and node.slop):
            yield node


def _is_name(name: str, text: str, start: int) -> bool:
    """Whether what stands in a text is written as a name is: "House" is not meant by "house"."""
    return not (name[:1].isupper() and text[start].islower())
