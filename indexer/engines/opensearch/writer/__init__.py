"""Articles -> documents of the coming generation, and its commit."""
