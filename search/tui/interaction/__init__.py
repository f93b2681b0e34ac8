"""What a session on the screen does and remembers; nothing here draws.

::

    actions, their keys, the twins of the keys   ``keys``
    searches off the screen, one at a time       ``search_session``, ``search_controller``
    the query: filters in it, earlier queries    ``query_edit``, ``history``
    a hit outside the screen                     ``external`` programs, ``citation``
"""
