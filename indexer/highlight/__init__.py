"""Where a query matches in a text, and which passages of it are worth showing. Knows no engine.

`matches` turns a query tree into `Clause`s of `Word`s, and a `Matcher` of them finds `Mark`s: where in the text, and
for which clause. `whole_article` gives those of a whole article. `passages` chooses from the marks what a snippet
shows. Marks are offsets into plain text; markup is made of them where it is printed.
"""
