"""Documents for other programs: feeds, exports, citations, sitemaps, descriptions. Pure functions."""
