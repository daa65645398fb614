"""What stands around the text of an article: how it is cited, where it is read elsewhere."""
