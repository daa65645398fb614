"""What an archive says to other programs. Pure functions: values in, text out.

Each module is one kind of document: `atom.Feed`, `exports` (CSV, JSON lines, RIS), `citations` (with `author_names`),
`json_ld`, `sitemap`, `opensearch_description.Box`, and `openapi.document` with `openapi_parameters` and
`openapi_schemas`. A thin view serves each.
"""
