"""The default tagger in C, from the text of a document to spans of names, where a compiler was at hand.

What it does is said in Python by the modules above this folder (`tokenise`, `truecase`, `document`, `features`, `crf`,
`listed`, `sports`, `consistency`), which are used where the library is not there; both find the same spans. The steps
have a file each: `tokenise.c`, `truecase.c`, `lexicon.c`, `document.c`, `forms.c` with `features.c` and `model.c`,
`decode.c`, `settle.c`, `sports.c`; `tagger.c` is what Python calls. `native` loads the library, `characters` has
Python's classes of characters for it, `settings` everything else. Called by `crf`.
"""
