"""Broadsheet beside its peers: one corpus, the same queries, the same work. `python -m benchmarks --help`."""
