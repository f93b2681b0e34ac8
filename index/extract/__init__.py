"""Read files as documents.

`walk` finds the files under the given folders and reports what it leaves out. `read`
looks up the suffix of a file in ``FORMATS``, or recognises a page by its content, and calls the
module of its format, which yields documents, and a `Skipped` for each part of the file that it
could not read::

    walk     folders → files          ignore rules, hidden files, links, sizes
    formats  file → documents         the table of formats, and read
      file_source        the file as readers get it: bytes, decoded text
      sections           the parts of a document: text with labels
      metadata           titles, languages, text without surrogates
      file_signatures    the type of binary data, whatever its name says
      html_signature     whether it is a page, whatever its name says
      encoding           bytes → text, by unicode_marks (certain) or charset_model (likely)
      plain jsonl
      html               the main text of a page; html_metadata: what it states of itself
      markdown           text without marks, by markdown_text, emphasis and plain_emphasis;
                         front_matter: fields
      pdf                pdf_parts: forms, comments, outline; pdf_attachments: files in it
      docx               office_archive: its parts; docx_story, docx_elements: the text of one;
                         docx_styles, docx_lists, numerals: titles, numbers of list items
      repaired           documents that were misread, by mojibake and misreading
      omission           documents without what is no language, by encoded_data

A new format is a row of the table and a module with a function ``read(source)``. Modules
of formats are imported for the first file of their kind: a search never pays for them,
and a folder of text never pays for PDF.
"""

from index.extract.formats import FORMATS, Format, format_of, read

__all__ = ["FORMATS", "Format", "format_of", "read"]
