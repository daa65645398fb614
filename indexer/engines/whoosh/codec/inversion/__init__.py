"""Texts -> numbered tokens -> postings in term order: how a segment is made in memory."""
