"""How documents become results.

`searcher.Search` answers one request: `order` has the sort keys, `collapse.Stories` makes near-duplicates one hit,
`facets` and `date_facet` count, `hits` makes the hits with what `passages/` shows of their texts, `explain` gives the
shares of a score. Beside it stand what else an archive is asked: `top/` (the best hits alone), `suggest`, `related`,
`percolate`, `significant`, `stats`.
"""
