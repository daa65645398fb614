"""How items become the next generation of a directory.

`writer.WhooshWriter` is the `BatchWriter` of this engine; `worker.Worker` writes segments, in its process or in
others. With a commit `merge_segments` says which segments are merged, and merges them.
"""
