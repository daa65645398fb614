"""Where a query matches in a text, and which passages of it are worth showing. Knows no engine."""
