"""The interactive screen, in Textual::

    actions, searches and memory of a session      ``interaction``
    the parts of the screen                        ``widgets``
    all of them together                           ``app``
    layout                                         ``dalil.tcss``
    garbage collection between keys                ``gc_policy``

Textual is imported here and nowhere else. It has no support for right-to-left text: every line
is laid out by ``search.bidi``, and the terminal is set not to reorder it.
"""
