"""The newest documents of an index, for a screen without a query."""

from __future__ import annotations

import numpy as np

from search.hits.documents import StoredDocuments
from search.kernels.ranked_documents import RankedDocuments
from search.kernels.scored_postings import Array


def newest(documents: StoredDocuments, numbers: Array, count: int) -> RankedDocuments:
    """The ``count`` documents with the latest date, the latest first, each with the score 0.

    Documents without a date follow, those whose file was changed last first.
    """
    days, modified = documents.days(numbers), documents.days(numbers, "modified")
    order = np.lexsort((-modified, -days))[:count]  # the last key counts first
    return RankedDocuments(numbers[order], np.zeros(len(order)))
