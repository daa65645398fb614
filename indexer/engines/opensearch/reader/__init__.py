"""One generation of an archive on a cluster, open for reading.

`snapshot.Snapshot` is an immutable value made of the committed `State`; it has the `term_statistics.Statistics` that
scores need (how many articles, how long, in how many of them a word is) and the `entity_names.Names` by which
entities are found that are shown under another name.
"""
