"""Dossiers: hits as evidence in a file, and whether they still are what the files say.

``dossier``        the values: a dossier, its exhibits, their quotations
``collection``     the dossier of hits, with how they were searched for
``exhibits``       a hit as an exhibit; all hits of a query, batch by batch
``facts``          what is known of a dossier and an exhibit, as labelled lines of text
``records``        the same as JSON
``formats``        the table of formats: suffix → the module that writes and reads it
  ``markdown`` ``html`` ``csv_table`` ``jsonl`` ``csl``     can be written and read
  ``bibtex``         can be written
  ``html_reader``    the elements of a page → a dossier; quotations of Markdown too
  ``quotation_html`` a quotation as HTML, and back
  ``page``           the page around it: its colours and its print
``files``          a file that is there as a whole or not at all, and what can be read of one
``verification``   the exhibits compared with the files as they are now
  ``sources``        the files, read again, if they may be
  ``comparison``     a quotation and a text: where it stands, or the first difference
  ``report``         the outcome as JSON and as lines

A dossier is checked by what people read in it: no second copy of a quotation is hidden in it.
It may come from a stranger, and its documents do: what is written has no control characters,
and what is read names no file that is opened unless it lies where the user's own files are.
"""
