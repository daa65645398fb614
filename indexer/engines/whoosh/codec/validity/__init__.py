"""What the files of a segment must be, whoever wrote them.

`array_directory` holds what an array file says of its arrays to the file, `structure` the arrays to each other. What
fails is `IndexCorrupt`.
"""
