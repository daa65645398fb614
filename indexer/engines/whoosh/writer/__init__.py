"""How items become the next generation of a directory.

`writer.WhooshWriter` is the `BatchWriter` of this engine; `worker.Worker` writes segments, in its process or in
others. With a commit `merge_policy.plan` says which segments become one, and `merge_segments` makes it.
"""
