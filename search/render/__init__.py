"""Results as something to read: looks come last, and only here.

``data``      JSON, CSV and TREC for programs
``lines``     ``path:line: text`` for pipes and editors
``terminal``  the list a person reads
"""
