"""Articles -> segments -> a new generation: the writer, its workers, and the merge of segments."""
