"""Complete a command line for the shell, without the libraries that the commands need.

``words``    what can be typed: commands, options and values, fields
``complete`` a command line up to the cursor → candidates
``paths``    the documents of an index as candidates
``index_words`` the words of an index as candidates
``scripts``  what a shell runs
"""
