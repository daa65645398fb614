"""The columnar codec: how a segment's postings, columns and stored articles lie on the disk.

`arrayfile` is the container, `layout` the names; `postings` says what codes and variants mean, `strings` how sorted
strings are looked up. `builder` and `inversion` write, `segment` and `stored` read, `whoosh_codec` shows the same
arrays to stock Whoosh.
"""
