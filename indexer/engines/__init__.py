"""Search engines behind one protocol: who answers?

`base.Engine` is a reader pinned to a generation and the way to a `base.IndexWriter`; their docstrings are the law
that `tests/engines/` holds every engine to. `registry.open_engine` makes the one that the configuration names. Each
engine is a subpackage, `whoosh` (embedded) or `opensearch` (a cluster), that knows nothing of the other; both have
the rooms `writer`, `reader`, `query` and `search` with the same names for the same jobs. `shared` is what they have
in common.
"""
