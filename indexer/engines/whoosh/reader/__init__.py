"""One generation, open for reading, as one space of document numbers.

`loading.load` makes a `snapshot.Snapshot` of `SegmentView`s. In each, `term_dictionary.Dictionary` finds the terms of
a text field, and `postings.Leaf` is a word of it over all segments; `segment_columns.SegmentColumn` is a keyword
field, and `columns.Column` the same over all segments, with ordinals of the snapshot. `corrected_columns` and
`spellings` show entities under the names they have in this archive, `path_tree.Paths` knows what lies under a path,
`residency.Residency` how much stays mapped.
"""
