"""Which documents a query means: the tree as a plan of set arithmetic on the arrays of a snapshot.

`compile.Compiler` turns each node into a `plan.Plan`, which lists, tests and scores documents. `plan` has the simple
ones, `boolean` those made of others, `positions` phrases and nearness; `expand` and `fuzzy.SurfaceIndex` find the
words that a pattern or a misspelt word stands for, `labels` the labels. `filters.Matches` narrows the documents by
the request's filters, with and without each of them.
"""
