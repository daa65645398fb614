"""How a cluster keeps an archive: requests, indices, documents, and what is committed.

`connection.Connection` is the way of every request and makes `errors` of failures; `retry.Patience` says how long to
bear with it. `index_names` and `indices` say which indices an archive has, `mapping` which fields they have, read off
`indexer.fields`. `document.document` makes an article a document and `article_of` the reverse; `bulk_requests.apply`
sends many `Change`s. `state.State` is what is committed, `state.ClusterLock` who is writing, `spellings.Naming` under
which names entities are shown.
"""
