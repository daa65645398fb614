"""How a segment's postings, columns and stored articles lie on the disk.

`arrayfile.ArrayFile` is the container, a file of named arrays with checksums; `layout` has the names,
`durable.Output` writes files that are whole or not there. `postings` says what codes and variants mean, `strings` how
sorted strings are looked up. `builder.SegmentBuilder` makes a segment of articles with `inversion` for the postings,
`columns.ColumnsBuilder` for the columns and `stored.StoredWriter` for the articles; `segment.Segment` is one open for
reading; `validity` says what its files must be. `merge_postings` and `merge_surfaces` make one of several.
`whoosh_codec` shows the same arrays to stock Whoosh.
"""
