"""One generation open for reading: snapshot, term dictionaries, postings and columns."""
