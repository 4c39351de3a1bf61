"""What somebody photographed or scanned, made safe to keep: of a picture only what can be seen on it, of a PDF only its
pages. What neither is, is refused."""

import io

import pikepdf
from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST = 10 * 1024 * 1024  # bytes
MOST_DOTS = 60_000_000  # before it is made smaller; a telephone makes fifty million
LONGEST_SIDE = 2400  # dots: an A4 that can be read
MOST_PAGES = 40
# What a PDF can do by itself, or hide.
ACTIVE = ("/OpenAction", "/AA", "/Names", "/AcroForm", "/Metadata", "/PieceInfo", "/AF", "/Collection")
ACTIVE_ON_PAGE = ("/AA", "/Annots", "/Metadata", "/PieceInfo", "/AF")


class NotTaken(ValueError):
    """No picture and no PDF that can be read, or one that is too large."""


def cleaned(file: bytes) -> tuple[bytes, str]:
    """The file to keep and its type. Raises NotTaken."""
    if len(file) > LARGEST:
        raise NotTaken
    if file.lstrip()[:5] == b"%PDF-":
        return pages_only(file), "application/pdf"
    return picture_only(file), "image/jpeg"


def picture_only(file: bytes) -> bytes:
    """Turned as it was held, smaller when it is large, and without place, time and camera."""
    try:
        with Image.open(io.BytesIO(file), formats=("JPEG", "PNG", "WEBP")) as opened:
            if opened.width * opened.height > MOST_DOTS:
                raise NotTaken
            picture = ImageOps.exif_transpose(opened).convert("RGB")
    except NotTaken:
        raise
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as wrong:
        raise NotTaken from wrong
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    fresh = Image.new("RGB", picture.size)
    fresh.paste(picture)  # only the dots go along
    out = io.BytesIO()
    fresh.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()


def pages_only(file: bytes) -> bytes:
    """A new PDF with the pages of this one: no script, no form, no file inside, no facts about who made it."""
    try:
        with pikepdf.open(io.BytesIO(file)) as opened, pikepdf.new() as fresh:
            if not 0 < len(opened.pages) <= MOST_PAGES:
                raise NotTaken
            fresh.pages.extend(opened.pages)
            for name in ACTIVE:
                if name in fresh.Root:
                    del fresh.Root[name]
            for page in fresh.pages:
                for name in ACTIVE_ON_PAGE:
                    if name in page.obj:
                        del page.obj[name]
            out = io.BytesIO()
            fresh.save(out)
    except NotTaken:
        raise
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, TypeError, AttributeError, RuntimeError) as wrong:
        raise NotTaken from wrong
    return out.getvalue()
