"""A search -> its page: the lines, the facets beside them, the way through the pages, and what to try instead."""
