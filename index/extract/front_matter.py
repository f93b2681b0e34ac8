"""Read the front matter of a Markdown file: fields before its text, in YAML or TOML.

YAML stands between two lines of ``---`` (the second may be ``...``), TOML between two of ``+++``.
Of YAML this reads what front matter consists of: ``key: value``, lists in brackets or of lines
with ``-``, quoted values, blocks after ``|`` and ``>``, and comments. A beginning that is not of
this form is no front matter but text, such as one between two rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_MAX_LENGTH = 64 << 10
"""Characters up to the end of the front matter."""
_YAML = re.compile(r"---[ \t]*\n(?P<body>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_TOML = re.compile(r"\+\+\+[ \t]*\n(?P<body>(?:.*\n)*?)\+\+\+[ \t]*(?:\n|\Z)")
_ENTRY = re.compile(r"(?P<key>\w{1,61}+|\w[\w .-]{0,60}?)[ \t]*:(?:[ \t]+(?P<value>.*))?$")
_TOML_ENTRY = re.compile(r"(?P<key>[\w.-]{1,60})[ \t]*=[ \t]*(?P<value>.*)$")
_ITEM = re.compile(r"[ \t]*-[ \t]+(?P<value>.*)$")
_INDENTED = re.compile(r"[ \t]+(?P<value>\S.*)$")
_NAMED = re.compile(r"(?:name|title|label)[ \t]*:[ \t]+(?P<value>.*)$")
_COMMENT = re.compile(r"\s#.*$")
_LIST_ITEM = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([^,\[\]]+))\s*(?:,|$)""")
_BLOCK = re.compile(r"[|>][+-]?$")
_SIGNS = re.compile(r"[^\w]+|_")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields of a file, and where its text begins."""

    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Values by key in lower case, without signs; one, or those of a list."""
    end: int = 0
    """The offset of the text: 0 without front matter."""

    def values(self, *keys: str) -> tuple[str, ...]:
        """Return the values of all these keys that are not blank."""
        found = [value for key in keys if key in self.fields for value in self.fields[key]]
        return tuple(filter(None, map(str.strip, found)))

    def first(self, *keys: str) -> str:
        """Return the first value of these keys that is not blank, or ""."""
        return next(iter(self.values(*keys)), "")


def read_front_matter(text: str) -> FrontMatter:
    """Return the front matter of a text; empty if it has none."""
    head = text[:_MAX_LENGTH]
    if match := _YAML.match(head):
        fields = _yaml_fields(match["body"])
    elif match := _TOML.match(head):
        fields = _toml_fields(match["body"])
    else:
        return FrontMatter()
    return FrontMatter(fields, match.end()) if fields else FrontMatter()


def _key(name: str) -> str:
    return name.lower() if name.isalnum() else _SIGNS.sub("", name.lower())


def _yaml_fields(body: str, entry: re.Pattern[str] = _ENTRY) -> dict[str, list[str]]:
    """Return the fields of YAML; none if a line is not of its form."""
    fields: dict[str, list[str]] = {}
    last: list[str] | None = None
    for line in body.split("\n"):
        if match := entry.match(line):
            last = fields.setdefault(_key(match["key"]), [])
            last += _values(match["value"] or "")
        elif not line.strip() or line.lstrip().startswith("#"):
            continue
        elif last is not None and (match := _ITEM.match(line) or _INDENTED.match(line)):
            last += _nested(match["value"])
        else:
            return {}
    return fields


def _nested(value: str) -> list[str]:
    """Return the values of a line below a key: of an item, or of a field that names one."""
    if named := _NAMED.match(value):
        return _values(named["value"])
    return [] if _ENTRY.match(value) else _values(value)


def _values(value: str) -> list[str]:
    """Return the value of a field, or those of a list in brackets."""
    value = value.strip()
    if value[:1] in ("|", ">") and _BLOCK.match(value):
        return []
    if value[:1] in ("'", '"'):
        end = value.find(value[0], 1)
        return [value[1:end] if end > 0 else value[1:]]
    value = _COMMENT.sub("", value).strip() if "#" in value else value
    if value.startswith("[") and value.endswith("]"):
        items = _LIST_ITEM.finditer(value[1:-1])
        return ["".join(filter(None, item.groups())).strip() for item in items]
    return [value] if value else []


def _toml_fields(body: str) -> dict[str, list[str]]:
    """Return the fields of TOML, also of faulty TOML whose lines are ``key = value``."""
    import tomllib  # noqa: PLC0415 - 3 ms that few files need

    try:
        parsed = tomllib.loads(body)
    except (ValueError, RecursionError):
        return _yaml_fields(body, _TOML_ENTRY)
    return {_key(key): list(_strings(value)) for key, value in _toml_entries(parsed)}


def _toml_entries(table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the entries of a table and of the tables in it: ``[taxonomies]``, ``[author]``."""
    for key, value in table.items():
        if not isinstance(value, dict):
            yield key, value
        elif "name" in value:
            yield key, value["name"]
        else:
            yield from (
                (inner, each) for inner, each in value.items() if not isinstance(each, dict)
            )


def _strings(value: Any) -> Iterator[str]:
    for each in value if isinstance(value, list) else [value]:
        named = each.get("name", "") if isinstance(each, dict) else each
        if not isinstance(named, list | dict):
            yield str(named)
