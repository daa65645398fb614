"""A request answered by the cluster."""
