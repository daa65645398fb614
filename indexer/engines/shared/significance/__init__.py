"""What is said more in the hits of a search than in the rest of an archive, whichever engine holds it.

No engine knows which words an article has but by reading it. So a `sample.Sample` of the hits is read, spread evenly
over their order; the most promising of its words are `sample.Candidate`s. An engine counts in how many of the hits and
of the archive they are (`statistics.Counted`), and the names of the hits as its facets do; `choosing.chosen` lists
the most significant, without what the query itself says.
"""
