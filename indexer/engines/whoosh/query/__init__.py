"""A query tree as a plan: set arithmetic on the arrays of a snapshot."""
