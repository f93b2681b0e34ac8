"""Documents are read in a process of their own, under limits, for a document may be hostile.

A parser that crashes, does not end or eats the memory costs one file, which the report names.
The process has no network and cannot write files where the system can forbid it. It receives
paths and sends documents, as JSON and UTF-8: nothing that it sends is ever executed.

``reader``         the reader of files, as the indexer calls it: starts the process, and again
``process``        the process, seen from outside: its two pipes, its end
``child``          what runs inside: requests in, documents out
``messages``       documents, skipped parts and failures as frames of bytes
``limits``         how much time, memory and text a file may take
``system_calls``   the system calls that are forbidden inside (Linux)
"""
