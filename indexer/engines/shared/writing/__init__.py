"""Writers of every engine: items into batches, batches to worker processes, what became of each id."""
