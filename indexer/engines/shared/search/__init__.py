"""Searches of every engine: cursors, labels, did-you-mean, diagnosis, periods. Pure functions."""
