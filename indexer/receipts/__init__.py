"""What a search found at a time, and what has changed since, without anything stored.

`receipt.Receipt` is the value and its text, `pairs` the search in it, `sketch.Sketch` the set of ids in a fixed room;
`checking` issues receipts and holds them against an archive.
"""
