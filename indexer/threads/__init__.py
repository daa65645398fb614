"""How does a story go on? Articles of the days around one that tell of the same affair, in other words.

`likeness` says how much two articles have in common by their rare names and words, `candidates` asks the archive for
those that may have, and `thread` follows the links from one article to the next. Nothing is learnt or guessed: the same
archive gives the same threads, on every engine.
"""
