"""The command line.

A command is imported only when it is called, and with it only what it needs: a search
starts without the indexer.

``dispatch``       import the command that was called, parse its arguments, call it
``registry``       the commands by name
``errors``         exit codes; errors as sentences
``argv``           the order of arguments: command, options, query
``parameters``     the declaration of a command's parameters, read by both parsers
``fast_parse``     the parser for plain arguments
``typer_app``      typer, the parser for all other arguments and for help
``open_index``     the index that a command names
``output_format``  the format of the output of a search
``options``        options that several commands have
``query_options``  the options of commands that answer queries
``console``        messages on standard error
``print_hits``     the hits of a search on standard output
``progress_bar``   the progress of the indexer
``terminal_page``  layout for a terminal
``completion``     what a shell completes, and its scripts
``commands``       one module for each command
"""
