"""Following sources: what the feeds, news sitemaps and folders of `[[sources]]` bring, as it appears.

`rounds` asks what is due and is the place to begin. `fetching` brings documents over HTTP, politely (`hosts`, `robots`)
and from public addresses alone (`addresses`, `requests`); `reading` makes items of them, over the readers of
`indexer.ingest`; the archive takes all of a round in one commit, and `state` remembers what was seen, in a file beside
the index. `status` tells of it.
"""
