"""Paper: HTML to a PDF that every reader can use (PDF/UA-1) and that can be kept for years (PDF/A-2a).

Nothing on paper comes from elsewhere: no network, no file system, only our own style sheets, fonts and drawings.
"""

import atexit
import io
import re
import unicodedata
from functools import lru_cache
from threading import Lock, local
from weakref import WeakSet

import pikepdf
import pypdfium2
import segno
from django.conf import settings
from django.http import HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont, woff2
from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from config.templating.parts import drawings

STYLES = settings.BASE_DIR / "static" / "print"
FONTS = settings.BASE_DIR / "static" / "dist" / "print"
# In this order a letter is looked up.
FAMILIES = (
    "noto-sans-latin", "noto-sans-latin-ext", "noto-sans-cyrillic", "noto-sans-greek", "noto-sans-vietnamese",
    "noto-sans-arabic-arabic", "noto-emoji-emoji",
)  # fmt: skip
NARROW = 0.4  # how wide a letter of another family is at least, in that of the size
WEIGHTS = REGULAR, BOLD = (400, 700)
PRINTS_WITH_THE_SAME_FONTS = 50
VARIANT = {"pdf_variant": "pdf/a-2a", "pdf_tags": True}
STYLE_SHEET = re.compile(r'<link rel="stylesheet" href="(static:///css/[a-z0-9-]+\.css)">')
# By these names in the style sheets. One accent; no meaning in colour alone.
COLOURS = {"ink": "#111", "accent": "#0b4f5f", "tint": "#e8f1f2", "line": "#6f7b80"}

# Control characters, and those that make what follows read backwards or look like another text.
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufe00-\ufe0e\ufffe\uffff]")
EMPTY_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")
# What stands in for a character that our fonts do not have, by its kind: nothing for an invisible one.
STAND_IN = {"Cf": "", "Zs": " ", "Zl": "\n", "Zp": "\n"}
UNKNOWN = "\ufffd"
ONE_AT_A_TIME = Lock()  # the library that draws knows no threads


class OwnFiles(URLFetcher):
    """Reaches static:///css/, static:///fonts/ and static:///icons/ by name. Raises ValueError on any other address."""

    def fetch(self, url, headers=None):
        match = re.fullmatch(r"static:///(css|fonts|icons)/([a-z0-9-]+)\.(css|woff2|svg)", url)
        if match is None:
            raise ValueError("not a file of ours")
        folder, name, _suffix = match.groups()
        if folder == "css":
            return URLFetcherResponse(url, coloured(name).encode(), {"Content-Type": "text/css"})
        if folder == "fonts":
            return URLFetcherResponse(url, font(name), {"Content-Type": "font/ttf"})
        return URLFetcherResponse(url, drawing(name).encode(), {"Content-Type": "image/svg+xml"})


def coloured(name: str) -> str:
    """A style sheet with colours in the place of their names, which WeasyPrint would look up for every box."""
    return re.sub(r"var\(--([a-z]+)\)", lambda found: COLOURS[found[1]], (STYLES / f"{name}.css").read_text())


@lru_cache
def style_sheet(address: str) -> CSS:
    """Parsed once: it is the same for every print."""
    return CSS(url=address, url_fetcher=OwnFiles())


class Fonts(local):
    """What a thread prints with: Pango's fonts are for one at a time. A set for every print would be read and written anew each
    time, and a fifth of a megabyte of each never comes back; one for ever would grow with every size of letters."""

    left = 0

    def for_a_print(self) -> FontConfiguration:
        if not self.left:
            self.known, self.left = FontConfiguration(), PRINTS_WITH_THE_SAME_FONTS
            WRITTEN.add(self.known)
        self.left -= 1
        return self.known


FONTS_IN_USE = Fonts()
WRITTEN: WeakSet[FontConfiguration] = WeakSet()


@atexit.register
def remove_written_fonts() -> None:
    """Who still is in use when a process ends leaves its files behind."""
    for fonts in WRITTEN:
        fonts.__del__()


@lru_cache
def font(name: str) -> bytes:
    """WeasyPrint would unpack a WOFF2 again for every print, which takes far longer than the print itself."""
    unpacked = io.BytesIO()
    woff2.decompress(FONTS / f"{name}.woff2", unpacked)
    return unpacked.getvalue()


@lru_cache
def letters(family: str) -> frozenset[int]:
    """Every character of a family. Raises FileNotFoundError when static/dist has not been built."""
    return frozenset(TTFont(FONTS / f"{family}-400-normal.woff2", lazy=True).getBestCmap())


@lru_cache
def breadths(weight: int) -> dict[int, float]:
    """Of every letter of the family that most texts are in, in that of the size."""
    of = TTFont(io.BytesIO(font(f"{FAMILIES[0]}-{weight}-normal")), lazy=True)
    return {letter: of["hmtx"][name][0] / of["head"].unitsPerEm for letter, name in of.getBestCmap().items()}


def breadth(text: str, weight: int) -> float:
    """How wide this is on one line, or at least that, in that of the size."""
    known = breadths(weight)
    return sum(known.get(ord(letter), NARROW) for letter in text)


def faces(text: str) -> str:
    """The style sheet of the fonts that this text needs. Most texts need one family of the seven, and to unpack the
    others takes seconds."""
    wanted, families = set(map(ord, text)), []
    for family in FAMILIES:
        if wanted & letters(family):
            families.append(family)
        wanted -= letters(family)
    rules = [
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; src: url(static:///fonts/{file}.woff2) }}'
        for family in families
        for weight in WEIGHTS
        if (FONTS / f"{(file := f'{family}-{weight}-normal')}.woff2").exists()  # emoji have one weight
    ]
    names = ", ".join(f'"{family}"' for family in families)
    return "\n".join([*rules, f"html {{ font-family: {names} }}"])


def clean(text: str) -> str:
    """Only what our fonts can print, and nothing that plays tricks with the order of letters. A character that we do
    not have shows as a mark: otherwise the fonts of the machine decide, or an empty box that breaks PDF/UA."""
    text = HIDDEN.sub("", unicodedata.normalize("NFC", text))
    for character in set(text) - {"\n", "\t"}:
        if not any(ord(character) in letters(family) for family in FAMILIES):
            text = text.replace(character, STAND_IN.get(unicodedata.category(character), UNKNOWN))
    return EMPTY_LINES.sub("\n\n", text)


def drawing(name: str) -> str:
    """Our own, as a file."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#111" stroke-width="1.9" '
        f'stroke-linecap="round" stroke-linejoin="round"><title>{name}</title>{drawings()[name]}</svg>'
    )


def picture(name: str, title: str) -> SafeString:
    """A drawing in the text. Its title is what a screen reader says: PDF/UA wants one."""
    return format_html('<img class="icon" src="static:///icons/{}.svg" alt="{}">', name, title)


def qr(address: str) -> SafeString:
    """An address as a drawing to scan. A quarter of it may get dirty or folded."""
    drawing = io.BytesIO()
    segno.make(address, error="q", micro=False).save(
        drawing, kind="svg", xmldecl=False, svgclass="qr", lineclass=None, omitsize=True, border=2, dark="#111",
        light="#fff", title=_("Code to scan with a phone"), nl=False,
    )  # fmt: skip
    return mark_safe(drawing.getvalue().decode())  # drawn by the library from our own address


def layout(html: str) -> Document:
    """Pages. Whatever people typed is safe in here, as long as the template escaped it."""
    html, files, fonts = clean(html), OwnFiles(), FONTS_IN_USE.for_a_print()
    own_fonts = CSS(string=faces(html), font_config=fonts, url_fetcher=files)
    sheets = [own_fonts, *map(style_sheet, STYLE_SHEET.findall(html))]
    pages = HTML(string=STYLE_SHEET.sub("", html), url_fetcher=files)
    return pages.render(font_config=fonts, stylesheets=sheets, **VARIANT)


def bound(documents: list[Document]) -> Document:
    """Several papers in one file, each with its own page numbers."""
    return documents[0].copy([page for document in documents for page in document.pages])


def pdf(document: Document) -> bytes:
    """The file. WeasyPrint claims PDF/A only; what makes it PDF/UA as well is said in its metadata."""
    written = io.BytesIO(document.write_pdf(**VARIANT, pdf_identifier=False))  # it gets one when it is saved
    mark = (STYLES / "pdfua.xml").read_bytes()
    with pikepdf.open(written) as file:
        facts = file.Root.Metadata.read_bytes().replace(b"</rdf:RDF>", mark + b"</rdf:RDF>", 1)
        file.Root.Metadata = file.make_stream(facts, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
        out = io.BytesIO()
        file.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def answer(file: bytes, name: str, *, to_keep: bool = False) -> HttpResponse:
    """The file to read in the browser, or `to_keep`; its name ends on .pdf by itself."""
    place = "attachment" if to_keep else "inline"
    headers = {"Content-Disposition": f'{place}; filename="{name}.pdf"'}
    return HttpResponse(file, content_type="application/pdf", headers=headers)


def first_page(file: bytes, *, width: int = 600) -> bytes:
    """The first page of a PDF as a PNG of this many pixels wide, to look at before it is printed."""
    drawn = io.BytesIO()
    with ONE_AT_A_TIME:
        opened = pypdfium2.PdfDocument(file)
        try:
            page = opened[0]
            page.render(scale=width / page.get_width()).to_pil().convert("P", colors=64).save(
                drawn, "PNG", optimize=True
            )
        finally:
            opened.close()
    return drawn.getvalue()
