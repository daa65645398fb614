"""How documents become results.

`searcher.Search` answers one request: `order` has the sort keys, `collapse.Stories` makes near-duplicates one hit,
`facets` and `date_facet` count, `snippets.Highlighter` marks the words with the help of `match_finder.Finder`,
`explain` gives the shares of a score. Beside it stand what else an archive is asked: `suggest`, `related`, `stats`,
and `vocabulary.SnapshotVocabulary` for "did you mean".
"""
