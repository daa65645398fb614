"""`python -m webui [DIR]` is `indexer serve [DIR]`."""

import sys

from indexer.cli.app import main

if __name__ == "__main__":
    main(["serve", *sys.argv[1:]])
