"""The pages and what else is asked by URL. A view parses, searches, presents and renders, and does nothing else.

Each module has a `blueprint` that `webui.create_app` registers. They read requests with `addresses.params`, ask the
archive that `webui.holder` holds open, and print by a presenter and its template or by one of `formats`.
"""
