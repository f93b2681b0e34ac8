"""The heading of a table: which column holds what was asked, and which holds ids."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from index.analysis import normalizer


class Role(StrEnum):
    """What a column holds."""

    QUERY = "query"
    ID = "id"
    LANGUAGE = "language"


_NAMES = {
    Role.QUERY: """
        query queries search searches term terms keyword keywords word words name names person
        persons entity entities company companies organisation organization subject text alias
        aliases synonym synonyms variant variants spelling spellings phrase phrases topic title
        اسم أسماء كلمة كلمات عبارة عبارات مصطلح مصطلحات استعلام استعلامات بحث شخص أشخاص
        شركة شركات كيان كيانات مرادف مرادفات نص موضوع لقب""",
    Role.ID: """
        id ids no nr num number nos # qid identifier ref reference code key serial index row uid
        رقم أرقام معرف رمز كود مسلسل تسلسل م ر.م ت""",
    Role.LANGUAGE: "lang language languages لغة اللغات",
}
"""Role → the nouns that name a column with it, in both languages."""


def _folded(word: str) -> str:
    folded = normalizer.folded(word.casefold())
    return folded.removeprefix("ال") if len(folded) > len("ال") + 1 else folded


_ROLES = {_folded(name): role for role, names in _NAMES.items() for name in names.split()}


def role_of(cell: str) -> Role | None:
    """Return the role of a column with this heading, or None.

    The noun decides: the last word in English, the first in Arabic, the whole with `_`.

    >>> role_of("Full name"), role_of("case_id"), role_of("الاسم الكامل"), role_of("Haftar")
    (<Role.QUERY: 'query'>, <Role.ID: 'id'>, <Role.QUERY: 'query'>, None)
    """
    words = cell.replace("_", " ").replace("-", " ").strip(" .:*").split()
    if not words:
        return None
    noun = words[-1] if words[-1].isascii() else words[0]
    return _ROLES.get(_folded(noun.strip(".:()")))


def is_heading(cells: Sequence[str], *, in_table: bool) -> bool:
    """Whether the first row of a list is its heading and not its first entry.

    A heading names a column for queries or ids, names none twice, and has no digits. Unless the
    list is known to be a table, it names ids, or queries by a single word.
    """
    named = [cell.strip() for cell in cells if cell.strip()]
    roles = [role_of(cell) for cell in named]
    if len(set(named)) < len(named) or any(char.isdigit() for cell in named for char in cell):
        return False
    if Role.ID in roles:
        return len(named) > 1 or in_table
    queries = [cell for cell, role in zip(named, roles, strict=True) if role is Role.QUERY]
    short = [cell for cell in queries if len(cell.split()) == 1]
    return bool(queries if in_table and len(named) > 1 else short)
