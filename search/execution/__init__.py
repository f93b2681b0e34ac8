"""A query run over segments: matching documents, their scores, the best of them."""
