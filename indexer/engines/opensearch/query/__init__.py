"""A query tree and filters as query DSL."""
