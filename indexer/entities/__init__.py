"""Text to people, organisations and places: tagging, canonical names, corrections.

`enrich.EntityEnrich` is what the build calls for each article; its `extract.Extractor` has the sentences of
`tokenise` tagged by a `tagger.Tagger` (`choose.TaggerChoice` says which), and makes entities of the `Span`s.
`corrections.Corrections` and `variants` act on a whole archive, `evidence` says where articles name an entity.
Nothing is loaded until the first text is tagged. numpy is the only dependency at run time.
"""
