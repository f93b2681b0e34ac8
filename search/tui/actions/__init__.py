"""What the user can do on the screen, a file for each job; the app inherits all of them.

Each file holds one class over :class:`search.tui.actions.desk.Desk`: the actions of the keys that
``search/tui/interaction/keys.py`` lists, and the handlers of the messages that belong to them.
"""
