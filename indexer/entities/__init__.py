"""Text to people, organisations and places: tagging, canonical names, corrections.

`extract.Extractor` is what the build calls for each article; `corrections` and `variants` act on a whole
archive. Nothing is loaded until the first text is tagged. numpy is the only dependency at run time.
"""
