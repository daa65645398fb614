"""What an index directory holds, and what of it is committed.

`manifest.Manifest` names the segments of a generation; its rename into place is the commit. `generations` opens one
(an `OpenGeneration`), commits the next and clears away what none needs; `lock.WriteLock` lets one writer in; `groups`
keeps the groups of near-duplicates beside the manifest; `toc.write_toc` says the same to stock Whoosh.
"""
