"""The best hits alone: `page` answers a request, `best` finds the first documents with some words.

Where the words of a query allow it, most of what matches is neither listed nor scored: `query.top` says of which plans,
`kernels.top` how.
"""
