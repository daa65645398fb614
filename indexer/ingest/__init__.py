"""The write path: files -> RawArticle -> Article -> IndexWriter.

`pipeline` is all of it on one page. `walk.walk` finds `SourceFile`s, `streams.Input` opens one within limits,
`readers.registry.choose` finds its format, whose reader yields `raw.RawArticle`s in the source's own words.
`normalise.Preparer` makes each an `Article`, in the writer's processes, and raises `Rejected` where it cannot;
`rejects` keeps those for a person to look at, and `report` counts.
"""
