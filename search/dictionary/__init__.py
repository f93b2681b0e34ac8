"""The terms of an index near a word: by prefix, by edit distance, by shared n-grams, by proclitics."""
