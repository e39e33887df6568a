"""Scanned pages, and a command that recognises one line on any of them."""

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
WORDS = ("The", "dose", "is", "10", "mg", "once", "daily.")


def scan(canvas: Canvas) -> None:
    buffer = BytesIO()
    Image.new("L", (60, 80), 200).save(buffer, "PNG")
    canvas.drawImage(ImageReader(buffer), 0, 0, 595, 842)


def tesseract(folder: Path, *, confidence: int = 91, languages: str = "eng\\nfra", then: str = "") -> str:
    """A command that recognises one line on any picture."""
    rows = [HEAD, "4\t1\t1\t1\t1\t0\t300\t400\t2000\t40\t-1\t"]
    rows += [
        f"5\t1\t1\t1\t1\t{n}\t{300 + 200 * n}\t400\t180\t40\t{confidence}\t{w}" for n, w in enumerate(WORDS)
    ]
    command = folder / "tesseract"
    command.write_text(
        f"#!{sys.executable}\nimport sys, time\n"
        f"if '--list-langs' in sys.argv:\n    print('List of languages:\\n{languages}')\n    sys.exit()\n"
        f"assert sys.stdin.buffer.read(4) == b'\\x89PNG'\n{then}\nprint({chr(10).join(rows)!r})\n",
        encoding="utf-8",
    )
    command.chmod(0o755)
    return str(command)
