"""What an archive tells beside the hits of a search: what pages, API and command line show of an article or a name.

`stories` finds other articles like one, `languages` its original or translations, `differences` sets two texts side by
side; `profiles` gathers all about a source, person, organisation or place; `calendar` counts a search by the periods
within one; `window` says which days are looked at for what rises; `counted` reads a search's articles together with
their number. Each takes a `Reading`; `indexer.asking` makes methods of `Archive` of them.
"""
