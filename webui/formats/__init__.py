"""What an archive says to other programs. Pure functions: values in, text out.

Each module is one kind of document: `atom.Feed`, `exports` (CSV, JSON lines, RIS), `citations` (with `author_names`),
`json_ld`, `sitemap`, `openapi.document`, `opensearch_description.Box`, and `receipts.Receipt` with the
`sketch.Sketch` of what a search found. A thin view serves each.
"""
