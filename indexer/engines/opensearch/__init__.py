"""The scale-out engine: the archive as documents of an OpenSearch cluster, behind the same protocol.

`engine.OpenSearchEngine` holds a `cluster.connection.Connection` and the newest `reader.snapshot.Snapshot`. A request
becomes a `search.searcher.Search`, whose tree `query.compile.Compiler` turns into query DSL;
`writer.writer.ClusterWriter` makes the next generation. Rooms, each knowing those before it: `cluster`, `reader`,
`query` and `writer`, `search`.
"""
