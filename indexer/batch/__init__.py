"""Many searches at once, one a line: how much is there of each of these names?

`lines` reads the lines as people keep them, `rows` answers each with a `BatchRow`, `table` writes rows as cells.
"""
