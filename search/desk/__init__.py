"""What a user keeps beside an index: text files in its folder that no run of the indexer changes.

``saved``     searches with names, in ``searches.txt``
``seen``      what a saved search had found when it was last asked, in ``seen.jsonl``
``tags``      tags and notes on documents, in ``tags.jsonl``
``new_hits``  the hits of a saved search that came or changed since then
``own_file``  changes these files, one process at a time

Of the user, whatever the index: ``settings``, the file of settings, and ``screen_memory``, what
the screen remembers from run to run.
"""
