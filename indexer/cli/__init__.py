"""The command line `indexer`: one module for each group of commands, what they print apart from what they do."""

from indexer.cli.app import main

__all__ = ["main"]
