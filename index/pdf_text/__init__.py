"""The text of a PDF page with right-to-left letters, rebuilt from the positions of its glyphs.

PDFium, like all libraries, gives such pages in an order between the visual and the logical one.
Here characters and glyphs are read in one call of the compiled kernel each (``character_arrays``,
``page_glyphs``; without a kernel, call by call and by ``glyph_reader``). The glyphs are put into
rows by their baselines (``rows``), rows are cut where columns end
(``lines``), glyphs are sorted by their origins, and the visual order of each line is turned into
the logical one by an inverse of the bidirectional algorithm (``inverse_bidi``). Letters of one
ligature are ordered (``ligatures``), marks follow their letters (``marks``), spaces come from gaps
(``spacing``), brackets are unmirrored (``brackets``). A page without right-to-left letters, and
each line that has none at its height, keeps PDFium's text. ``page`` runs all of this.
"""
