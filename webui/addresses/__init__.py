"""Addresses and requests: parameters, links, file names of downloads."""
