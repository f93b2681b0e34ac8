"""The page around a dossier in HTML: one file that loads nothing, dark or light, on paper too."""

from __future__ import annotations

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What a browser may load and run for the page: nothing but its own style."""
STYLE = """
:root { color-scheme: light dark; --ink: #1c2126; --faint: #5b6570; --ground: #faf9f6;
  --card: #ffffff; --line: #dcd8cf; --link: #0072b2; --mark: #f0e442; }
@media (prefers-color-scheme: dark) { :root { --ink: #d8dee4; --faint: #98a3ae;
  --ground: #15181c; --card: #1b1f24; --line: #333b44; --link: #56b4e9; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 52rem; padding: 2.5rem 1.25rem 4rem; color: var(--ink);
  background: var(--ground); font: 16px/1.6 system-ui, "Segoe UI", "Noto Sans",
  "Noto Sans Arabic", sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.3; margin: 0 0 1rem; overflow-wrap: anywhere; }
h1 small { display: block; font-size: .8rem; font-weight: 600; letter-spacing: .08em;
  text-transform: uppercase; color: var(--faint); }
h2 { font-size: 1.15rem; line-height: 1.4; margin: 0 0 .75rem; overflow-wrap: anywhere; }
h2 .rank { float: left; margin-right: .6em; color: var(--faint); font-weight: 400; }
h2[dir=rtl] .rank { float: right; margin: 0 0 0 .6em; }
article { background: var(--card); border: 1px solid var(--line); border-radius: 10px;
  padding: 1.25rem 1.5rem; margin: 1.25rem 0; break-inside: avoid-page; }
figure { margin: 0 0 1rem; }
blockquote { margin: 0; padding: .1rem 1rem; border-inline-start: 3px solid var(--link); }
blockquote:has(> div[dir=rtl]:first-child) { border-inline-start: 0;
  border-inline-end: 3px solid var(--link); }
blockquote div { white-space: pre-wrap; overflow-wrap: anywhere; min-height: 1em; }
blockquote div[dir=rtl] { font-size: 1.12em; line-height: 1.85; text-align: right; }
mark { background: var(--mark); color: #000; border-radius: 2px; padding: 0 .1em;
  print-color-adjust: exact; -webkit-print-color-adjust: exact; }
figcaption { font-size: .82rem; color: var(--faint); margin-top: .35rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 0;
  font-size: .85rem; }
dt { color: var(--faint); }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere; white-space: pre-wrap; }
article dl { border-top: 1px solid var(--line); padding-top: .75rem; }
dd.code { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace;
  font-size: .92em; }
footer { color: var(--faint); font-size: .82rem; }
@media (max-width: 34rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .3rem; } }
@media print { :root { --ink: #000; --faint: #444; --ground: #fff; --card: #fff; --line: #bbb; }
  body { max-width: none; padding: 0; font-size: 11pt; } article { border-radius: 0; } }
"""
FOOT = (
    "Each quotation is a piece of its document as the author wrote it. Characters are counted from"
    " 0 in the text of the document, lines and pages from 1. <code>dalil verify FILE</code> reads"
    " the documents again and says whether each quotation still stands where it stood."
)


def head(title: str) -> str:
    """Return what stands before the content; ``title`` is HTML already."""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
    )


def foot() -> str:
    """Return what stands after the content."""
    return f"<footer><p>{FOOT}</p></footer>\n</body>\n</html>\n"
