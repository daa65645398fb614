"""Development only: builds the data files in `indexer/entities/data` from openly licensed corpora.

`python -m indexer.entities.training` runs it: `corpora` reads and `harmonise` brings to one scheme of types,
`clusters` and `build_lexicon` make the lexicon, `build_gazetteer` the lists of names, `train` the weights, `evaluate`
and `report` say how good they are.
"""
