"""Hits -> what is shown of their texts.

`snippets.Highlighter` has the passages of an article and the marks in them; `match_finder.Finder` finds the marks in
one text, `plain_words` the plain ones in one call.
"""
