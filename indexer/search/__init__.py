"""The read path as engine-neutral values: query tree, parser, request, results."""
