"""Which request an address is, and which address a request is.

`params.read` makes a `SearchRequest` of URL parameters and `params.write` the reverse; nothing else knows what
parameters are called. `urls` makes the addresses of pages, `neighbours.Nearby` those of the hundreds of searches that
are one filter away from a page's own, `downloads` those of feeds, exports and citations.
"""
