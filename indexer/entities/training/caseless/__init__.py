"""Builds the lists and weights of Arabic and Chinese from openly licensed corpora and word lists."""
