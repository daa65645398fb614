"""Names of people in the nominative: "Владимира Путина" is Владимир Путин, "Tuska" is Tusk.

`readings` says what a name in a text may be, `russian` and `polish` have the rules of the languages, `people` settles
the names of one document, `tagger` puts them on the spans of another tagger, `names` reads the lists that are shipped.
"""
