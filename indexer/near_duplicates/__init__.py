"""Articles that tell the same story in nearly the same words: signatures of texts, and groups of like ones."""
