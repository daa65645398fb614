"""Names in writing without capitals: Arabic and Chinese.

`tagger.CaselessTagger` reads the sentences of a document: a `Reading` of the language (`arabic`, `chinese`) says what
is seen of each word or character, `encoding` makes feature keys of it, and a linear-chain conditional random field
over shipped weights decides. Words are those of `indexer.entities.tokenise`; each Chinese character is one.
"""
