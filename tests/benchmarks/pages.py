"""Generated files of the formats that are read, half Arabic and half English: always the same."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from verification import LETTERS, words

LENGTH = 8000
"""Characters of a text, without what its format adds."""
SEED = 16
TEXT, NEWS, MARKED, HTML, DOCX = "text", "markdown, news", "markdown, marks", "html", "docx"

Sentences = Iterator[list[str]]
"""Sentences without end, each a list of words."""


def write_files(folder: Path, count: int) -> dict[str, list[Path]]:
    """Write files of every kind to a folder; return their paths by kind."""
    return {kind: _write_kind(folder, kind, count) for kind in KINDS}


def _write_kind(folder: Path, kind: str, count: int) -> list[Path]:
    """Write the files of one kind; all kinds have the same words."""
    chance = random.Random(SEED)
    vocabularies = [words(chance, letters) for letters in LETTERS]
    suffix, make = KINDS[kind]
    paths = []
    for number in range(count):
        paths.append(folder / f"{kind.replace(', ', '-')}-{number}{suffix}")
        make(paths[-1], _paragraphs(_sentences(vocabularies[number % 2], chance)))
    return paths


def _sentences(vocabulary: Sequence[str], chance: random.Random) -> Sentences:
    """Yield sentences whose words are as unevenly frequent as those of texts."""
    weights = [1 / (rank + 2) for rank in range(len(vocabulary))]
    while True:
        yield chance.choices(vocabulary, weights, k=chance.randint(6, 25))


def _paragraphs(sentences: Sentences) -> list[list[list[str]]]:
    """Return paragraphs of sentences, up to the length of a text."""
    paragraphs: list[list[list[str]]] = []
    left = LENGTH
    while left > 0:
        paragraphs.append(list(islice(sentences, 4)))
        left -= sum(len(word) + 1 for sentence in paragraphs[-1] for word in sentence)
    return paragraphs


def _plain(paragraph: Sequence[Sequence[str]]) -> str:
    return " ".join(" ".join(sentence) + "." for sentence in paragraph)


def _text(path: Path, paragraphs: list[list[list[str]]]) -> None:
    path.write_text("\n\n".join(map(_plain, paragraphs)) + "\n", "utf-8")


def _news(path: Path, paragraphs: list[list[list[str]]]) -> None:
    """Front matter, a heading, a dateline; a few subheadings, links and emphasized words."""
    title = " ".join(paragraphs[0][0])
    lines = ["---", f"title: {title}", "date: 2019-09-17", "lang: en", "tags: [a, b]", "---", ""]
    lines += [f"# {title}", ""]
    for number, paragraph in enumerate(paragraphs[1:]):
        text = _plain(paragraph)
        if number % 5 == 4:
            lines += [f"## {' '.join(paragraph[0][:4])}", ""]
        if number % 3 == 1:
            text += f" **{paragraph[1][0]}** [{paragraph[2][1]}](https://example.org/a_b/{number})."
        lines += [text, ""]
    path.write_text("\n".join(lines), "utf-8")


def _marked(path: Path, paragraphs: list[list[list[str]]]) -> None:
    """A heading for each paragraph, lists, tables, code, and emphasis in every sentence."""
    lines: list[str] = []
    for number, paragraph in enumerate(paragraphs):
        first, second, third, fourth = paragraph
        lines += [f"## *{first[0]}* {' '.join(first[1:5])} ##", ""]
        lines += [f"**{first[0]} {first[1]}** {' '.join(first[2:])} _{second[0]}_.", ""]
        lines += [f"- __{word}__: ***{second[0]}*** and `{word}_x`" for word in second[1:5]]
        lines += ["", "| a | **b** |", "|---|:-:|", f"| {third[0]} | *{third[1]}* |", ""]
        lines += [f"{' '.join(third)} **{fourth[0]} *{fourth[1]}* {fourth[2]}**,", *_end(number)]
    path.write_text("\n".join(lines), "utf-8")


def _end(number: int) -> list[str]:
    code = ["```", "# a *comment* of_code", "```", ""]
    return [f"over ~~two~~ *lines*, snake_case_{number} and 5*3*2.", "", *code, "---", ""]


def _html(path: Path, paragraphs: list[list[list[str]]]) -> None:
    """A page with metadata, a menu, an article and a footer."""
    title = " ".join(paragraphs[0][0])
    menu = "".join(f'<li><a href="/{word}">{word}</a></li>' for word in paragraphs[0][1])
    body = "".join(f"<p>{_plain(paragraph)}</p>\n" for paragraph in paragraphs)
    page = (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>\n'
        '<meta property="article:published_time" content="2019-09-17T08:00:00Z"></head>\n'
        f"<body><nav><ul>{menu}</ul></nav><article><h1>{title}</h1>\n{body}</article>\n"
        '<footer><a href="/about">about</a></footer></body></html>\n'
    )
    path.write_text(page, "utf-8")


def _docx(path: Path, paragraphs: list[list[list[str]]]) -> None:
    """A heading, and paragraphs of runs, some of them bold."""
    from docx import Document  # noqa: PLC0415 (60 ms that the measured processes need not)

    document = Document()
    document.add_heading(" ".join(paragraphs[0][0]))
    for paragraph in paragraphs:
        added = document.add_paragraph()
        for number, sentence in enumerate(paragraph):
            added.add_run(" ".join(sentence) + ". ").bold = number == 1
    document.save(str(path))


KINDS: dict[str, tuple[str, Callable[[Path, list[list[list[str]]]], None]]] = {
    TEXT: (".txt", _text),
    NEWS: (".md", _news),
    MARKED: (".md", _marked),
    HTML: (".html", _html),
    DOCX: (".docx", _docx),
}
"""Suffix and maker of each kind of file."""
