"""The embedded default engine: a Whoosh index read and written as arrays.

`engine.WhooshEngine` holds the newest `reader.snapshot.Snapshot`. A request becomes a `search.searcher.Search`, whose
tree `query.compile.Compiler` turns into a `query.plan.Plan`: set arithmetic on ascending document numbers.
`writer.writer.WhooshWriter` makes the next generation. Rooms, each knowing those before it: `kernels` and `schema`,
`codec`, `directory`, `reader`, `query` and `writer`, `search`. Stock Whoosh opens the same directory through
`codec.whoosh_codec`.
"""
