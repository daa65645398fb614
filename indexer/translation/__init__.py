"""What does an article say, in a language that readers read? Machine translation by whatever engine is configured.

`base` is the protocol of an engine (`Translator`) and what goes wrong with one; `registry` makes the one of the
configuration (`command`, `apertium`, `apertium_service`, `libretranslate`, `argos`). `kept` asks it for what `store`
does not have, so that no text is translated twice. `texts` takes an article apart into paragraphs and makes its
`Translation`; `survivors` counts what was lost on the way. `enrich` is the step of a build, `running` goes over the
articles of an archive, `report` is what it says.
"""
