"""A request answered: order, facets, snippets, explanations, and what else an archive is asked."""
