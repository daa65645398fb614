"""The cluster: connection, indices and their mapping, the committed state, documents."""
