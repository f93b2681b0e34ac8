"""The terms of an index near a word: by prefix, edit distance, n-grams or proclitics."""
