"""Development only: builds the data files in `indexer/entities/data` from openly licensed corpora."""
