"""How items become the next generation of an archive on a cluster.

`writer.ClusterWriter` is the `BatchWriter` of this engine; `worker.Worker` writes documents, in its process or in
others. With a commit `groups` finds near-duplicates of what is new, `joining.Joining` the spellings that meet, and
`renaming` brings documents up to date whose entities are shown under other names. `correcting` applies corrections to
what is committed, `rebuilding` moves an archive to another layout.
"""
