"""An index directory: generations, the manifest that commits them, the write lock, the groups of near-duplicates."""
