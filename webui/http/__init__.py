"""What surrounds every response: security headers, compression, conditional requests, limits, errors."""
