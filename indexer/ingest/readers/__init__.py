"""One file per input format: bytes -> RawArticle."""
