"""What engines have in common beside the protocol: pure functions and processes that know no index.

`writing` is for writers: batches, worker processes, what became of each id. `search` is for searches: cursors,
labels, paths, time, diagnosis. `days` counts days and periods, `stored_article` makes an article the record that an
index keeps, and back; `entity_corrections.CorrectionsFile` watches the archive's corrections of entities and applies
them.
"""
