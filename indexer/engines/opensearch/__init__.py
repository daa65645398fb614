"""The scale-out engine: the archive as documents of an OpenSearch cluster, behind the same protocol."""
