"""The engines under comparison, each behind the same calls."""

from importlib import import_module

from benchmarks.peers.base import Peer

PEERS = {
    "broadsheet": "benchmarks.peers.broadsheet",
    "tantivy": "benchmarks.peers.tantivy_peer",
    "lucene": "benchmarks.peers.lucene_peer",
    "fts5": "benchmarks.peers.fts5",
    "xapian": "benchmarks.peers.xapian_peer",
    "bm25s": "benchmarks.peers.bm25s_peer",
    "whoosh": "benchmarks.peers.stock_whoosh",
    "opensearch": "benchmarks.peers.opensearch_peer",
}
# Those that need nothing but themselves; the others are named with --engines.
ALONE = tuple(name for name in PEERS if name != "opensearch")
RANKED = ("broadsheet", "tantivy", "lucene")  # those that are asked for the ten best alone as well


def load(name: str) -> Peer:
    """The peer of a name. Raises ImportError, which says why, where what it needs is not installed."""
    peer: Peer = import_module(PEERS[name]).PEER
    return peer
