"""What the search of a dossier reads, in the browser."""


class SearchData:
    """To come."""
