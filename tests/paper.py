"""What stands on paper, read back from the bytes of a PDF, as a reader program does."""

import io
import re

import pikepdf


def read(file: bytes) -> list[str]:
    """The text of each page, in the order in which it is drawn."""
    with pikepdf.open(io.BytesIO(file)) as opened:
        return [" ".join(" ".join(spoken(page)).split()) for page in opened.pages]


def spoken(page: pikepdf.Page):
    fonts = {name: letters_of(font) for name, font in page.resources.Font.items()}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            font = fonts[str(operands[0])]
        elif str(operator) in ("TJ", "Tj"):
            parts = operands[0] if str(operator) == "TJ" else operands
            codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
            yield "".join(font.get(codes[at : at + 2].hex(), "") for at in range(0, len(codes), 2))


def letters_of(font) -> dict[str, str]:
    table = re.findall(r"<([0-9a-f]{4})>\s*<([0-9a-f]+)>", font.ToUnicode.read_bytes().decode().lower())
    return {code: bytes.fromhex(text).decode("utf-16-be") for code, text in table}
