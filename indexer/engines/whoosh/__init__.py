"""The embedded default engine: a Whoosh index read and written as arrays."""
