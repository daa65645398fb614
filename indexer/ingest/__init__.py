"""The write path: files -> RawArticle -> Article -> IndexWriter."""
