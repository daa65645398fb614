"""`write`: a search as a dossier, a folder of pages that opens from a disk without a server and without a network.

A request is answered in one commit of the archive (`gathering`), its articles become pages (`articles`, `lists`,
`front`, in the templates of `templates/dossier/`), the words that they hold become data for the script that searches
them (`search_data`), and all files are listed with their SHA-256 (`record`). `output` writes a folder or one zip file,
whole or not at all; `speaking` lends the site's words, dates and directions where there is no request of a browser.

`indexer dossier` finds it by its name, the site sends it as `/dossier.zip`, programs call it.
"""

from webui.dossier.build import LIMIT, Dossier, write, write_to

__all__ = ["LIMIT", "Dossier", "write", "write_to"]
