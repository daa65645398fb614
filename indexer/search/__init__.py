"""What a query means, as values that know no engine.

`parser.parse` reads text into a `query.Parsed`, a tree of `Term`, `Phrase`, `And`, ... with warnings, and never
fails; `printer.to_text` writes the tree back. `request.SearchRequest` is what is asked, the query text with filters,
dates, sort and page; `results.SearchResults` is what an engine answers, with `Hit`s and `Facet`s. `options` builds
requests of keywords.
"""
