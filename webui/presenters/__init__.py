"""Results -> what templates print: texts, addresses and states, decided here so that templates decide nothing.

Each page has a frozen value and a function that makes it: `results.page.ResultsPage`, `reading.article.ArticlePage`,
`front.FrontPage`, ... Parts that several pages share are `links`, `lines` (hits in lists), `results.facets` (`Panel`,
`Chip`), `time.histogram` and `time.calendar`, and `words`, the names of things in the reader's language.
"""
