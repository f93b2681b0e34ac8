"""The interactive screen, in reading order::

    what can be done, and by which keys      ``keys``, ``help``
    an index being searched, off the screen  ``session``
    lines of text as strips of cells         ``strips``
    where the query is typed                 ``query_box``, ``history``
    what was found, a row at a time          ``result_list``
    the document, a page at a time           ``pager``, ``preview``
    what to narrow it down by                ``side_panel``
    how it is going                          ``status_line``
    no index yet                             ``welcome``
    leaving for an editor, taking along      ``opener``, ``citation``
    how it looks                             ``themes``, ``dalil.tcss``
    all of it together                       ``app``

Textual is imported here and nowhere else. It knows nothing of right-to-left text: every
line comes out of ``search.bidi``, and the terminal is told to leave it as it is.
"""
