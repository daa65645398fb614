"""Requests to hosts that others name: feeds that are followed, webhooks of alerts.

`public` says which addresses may be asked at all, `checked` connects to one that was held against that.
"""
