"""The columnar codec: how a segment's postings, columns and stored articles lie on the disk.

`arrayfile` is the container, `layout` the names, `builder` and `invert` write, `segment` and `stored` read,
`whoosh_codec` shows the same arrays to stock Whoosh.
"""
