"""Where a query matches in a text, and which passages of it are worth showing. Knows articles and query trees, no engine."""
