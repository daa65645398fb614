"""One file for each input format: bytes -> RawArticle.

A reader is a function from a `streams.Input` to `base.Item`s: `RawArticle`s and rejects. `registry.FORMATS` is the
table of formats in the order in which they are tried, each with what recognises its first bytes.
"""
