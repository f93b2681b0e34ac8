"""Results as text.

``data``      JSON, CSV and TREC for programs
``lines``     ``path:line: text`` for pipes and editors
``terminal``  a list for people to read on a terminal
``document``  a whole document
``passage``   a snippet as one paragraph
``hyperlink`` paths as links to their files
``style``     colours
``report``    the report of the indexer
"""
