"""What a query means on a cluster: the tree and filters as query DSL.

`compile.Compiler` turns the nodes of `indexer.search.query` into queries whose scores are those of every other
engine; `filters.field_filters` gives one query for each filtered field, so that a facet can leave its own out. Golden
files in `tests/golden/opensearch` show the results.
"""
