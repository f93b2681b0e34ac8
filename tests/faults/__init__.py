"""Attacks on an index and on the run that writes it, as functions of a seed.

The tests call them with small counts. ``python -m tests.faults.run`` repeats them with new seeds,
as many as one likes, and adds up the outcomes over its runs.
"""
