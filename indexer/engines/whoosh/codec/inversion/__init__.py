"""How the postings of a segment are made in memory: texts -> numbered tokens -> postings in term order.

`text_batch.TextBatch` gathers texts and cuts them together; `pieces.PieceTable` turns pieces of text into numbers
many at a time, `lexicon.Lexicon` knows the words and stems behind the numbers and stays warm from segment to segment.
`invert.invert` then puts the numbers in term order: an `Inverted`.
"""
