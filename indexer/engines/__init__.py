"""Search engines behind one protocol: `base.py` is the law, each subpackage an engine."""
