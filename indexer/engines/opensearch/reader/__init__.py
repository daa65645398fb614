"""One generation of an archive on a cluster, open for reading."""
