"""An article -> its page: the text, another beside it, how it is cited, where it is read elsewhere."""
