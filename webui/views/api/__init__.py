"""The JSON API, by what is asked for."""
