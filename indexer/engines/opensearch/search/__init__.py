"""How the cluster's answers become results.

`searcher.Search` answers one request: `order` says how hits are sorted and where a page begins, `collapse` makes
near-duplicates one hit, `facets` asks for counts and reads them, `snippets.Highlighter` marks the words, `explain`
gives the shares of a score. Beside it stand what else an archive is asked: `facet_page`, `suggest`, `related`,
`stats`, and `vocabulary.ClusterVocabulary` for "did you mean".
"""
