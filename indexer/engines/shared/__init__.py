"""What engines have in common beside the protocol: pure functions and processes that know no index."""
