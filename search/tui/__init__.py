"""The interactive screen, in reading order::

    what can be done, and by which keys      ``keys``, ``help``
    an index being searched, off the screen  ``session``, ``inquiry``
    lines of text as strips of cells         ``strips``
    where the query is typed                 ``query_box``, ``history``
    what was found, a card at a time         ``result_list``, ``cards``, ``card``, ``guide``
    rows that come and go with every answer  ``column``
    the document, a page at a time           ``pager``, ``preview``
    what to narrow it down by                ``side_panel``, ``clauses``
    which of these are seen                  ``panes``
    how it is going                          ``status_line``
    no index yet                             ``welcome``
    leaving for an editor, taking along      ``opener``, ``programs``, ``citation``
    how it looks                             ``themes``, ``dalil.tcss``
    what is no longer drawn                  ``garbage``
    all of it together                       ``app``

Textual is imported here and nowhere else. It knows nothing of right-to-left text: every
line comes out of ``search.bidi``, and the terminal is told to leave it as it is.
"""
