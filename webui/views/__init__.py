"""The pages. A view parses, searches, presents and renders, and does nothing else."""
