"""Makes pictures.json: small PNG files of every colour type, depth and interlace, and the grey pixels that they stand for.

Run: python3 make.py   (Debian: python3-pil)

The files are written here byte by byte (ISO/IEC 15948), with all five filters, several IDAT chunks, tRNS and suggested palettes. Pillow, which is
another program, then reads every file and has to find the samples that were put in. The grey of a pixel is worked out from the samples in exact
fractions: luminance (299 R + 587 G + 114 B)/1000, laid over white by alpha, scaled to 0..255, rounded half up.
"""
import base64
import io
import json
import os
import struct
import zlib
from fractions import Fraction

from PIL import Image

CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
DEPTHS = {0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16]}
ADAM7 = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]


def noise(seed):
    """A linear congruential generator: the same numbers everywhere."""
    state = seed * 2654435761 % 2**32 + 1
    while True:
        state = (state * 1664525 + 1013904223) % 2**32
        yield state >> 8


def chunk(kind, data=b""):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def pack(samples, depth):
    if depth == 16:
        return b"".join(struct.pack(">H", s) for s in samples)
    bits = "".join(format(s, f"0{depth}b") for s in samples)
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8))


def paeth(a, b, c):
    p = a + b - c
    return min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]


def filtered(kind, row, above, distance):
    out = bytearray([kind])
    for i, x in enumerate(row):
        a = row[i - distance] if i >= distance else 0
        b = above[i]
        c = above[i - distance] if i >= distance else 0
        out.append((x - [0, a, b, (a + b) // 2, paeth(a, b, c)][kind]) % 256)
    return bytes(out)


def rows_of(pixels, depth, channels, first_filter):
    """The filtered rows of a picture or of a pass; the filters come in turn."""
    distance = max(1, depth * channels // 8)
    above, out = None, b""
    for i, line in enumerate(pixels):
        row = pack([s for pixel in line for s in pixel], depth)
        above = above or bytes(len(row))
        out += filtered((first_filter + i) % 5, row, above, distance)
        above = row
    return out


def encode(pixels, colour, depth, interlaced, before=(), pieces=1, first_filter=0):
    height, width = len(pixels), len(pixels[0])
    if interlaced:
        raw = b""
        for top, left, down, right in ADAM7:
            part = [line[left::right] for line in pixels[top::down]]
            if part and part[0]:
                raw += rows_of(part, depth, CHANNELS[colour], first_filter)
    else:
        raw = rows_of(pixels, depth, CHANNELS[colour], first_filter)
    packed = zlib.compress(raw, 9)
    size = -(-len(packed) // pieces)
    data = b"".join(chunk(b"IDAT", packed[i:i + size]) for i in range(0, len(packed), size))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, int(interlaced)))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(before) + data + chunk(b"tIME", b"\x07\xe8\x01\x02\x03\x04\x05") + chunk(b"IEND")


def rgba(pixel, colour, depth, palette, transparent):
    """Red, green, blue, alpha as fractions of the largest value."""
    most = 2**depth - 1
    if colour == 3:
        r, g, b = palette[pixel[0]]
        alpha = transparent[pixel[0]] if transparent and pixel[0] < len(transparent) else 255
        return [Fraction(v, 255) for v in (r, g, b, alpha)]
    alpha = pixel[-1] if colour in (4, 6) else 0 if transparent == pixel else most
    r, g, b = pixel[:3] if colour in (2, 6) else (pixel[0],) * 3
    return [Fraction(v, most) for v in (r, g, b, alpha)]


def grey(colours):
    r, g, b, alpha = colours
    value = 255 * ((299 * r + 587 * g + 114 * b) / 1000 * alpha + 1 - alpha)
    return (2 * value + 1).__floor__() // 2


def check(name, png, wanted, colour, depth):
    """Pillow finds the same colours: 8 bits exactly; of 16 bits it gives the upper eight (and of 16-bit grey all)."""
    image = Image.open(io.BytesIO(png))
    if image.mode in ("I", "I;16"):
        found = [Fraction(v, 65535) for v in image.getdata()]
        assert found == [w[0] for line in wanted for w in line], name
        return
    # Which grey or colour is transparent Pillow applies at 8 bits only.
    alpha_known = depth == 8 or colour in (3, 4, 6)
    found = list(image.convert("RGBA").getdata())
    for have, want in zip(found, [w for line in wanted for w in line]):
        for c in range(4 if alpha_known else 3):
            expected = int(want[c] * 65535) >> 8 if depth == 16 else want[c] * 255
            assert have[c] == expected, (name, have, [float(255 * w) for w in want])


def main():
    pictures = []
    number = 0

    def add(name, pixels, colour, depth, interlaced, before=(), palette=None, transparent=None, pieces=1):
        nonlocal number
        png = encode(pixels, colour, depth, interlaced, before, pieces, number % 5)
        number += 1
        wanted = [[rgba(pixel, colour, depth, palette, transparent) for pixel in line] for line in pixels]
        check(name, png, wanted, colour, depth)
        pictures.append({
            "name": name, "rows": len(pixels), "columns": len(pixels[0]),
            "grey": base64.b64encode(bytes(grey(w) for line in wanted for w in line)).decode(),
            "png": base64.b64encode(png).decode(),
        })

    def draw(rows, columns, channels, most, seed):
        source = noise(seed)
        return [[tuple(next(source) % (most + 1) for _ in range(channels)) for _ in range(columns)] for _ in range(rows)]

    for colour, depths in DEPTHS.items():
        for depth in depths:
            for interlaced in (False, True):
                name = f"colour {colour}, depth {depth}{', interlaced' if interlaced else ''}"
                most = 2**depth - 1
                palette, before = None, []
                if colour == 3:
                    source = noise(depth)
                    count = min(200, 2**depth)
                    most = count - 1
                    palette = [tuple(next(source) % 256 for _ in range(3)) for _ in range(count)]
                    before = [chunk(b"PLTE", bytes(v for entry in palette for v in entry))]
                pixels = draw(11, 13, CHANNELS[colour], most, 10 * colour + depth)
                add(name, pixels, colour, depth, interlaced, before, palette, pieces=1 + number % 3)
                if colour == 3:
                    alphas = [(37 * i + 5) % 256 for i in range(max(1, count // 2))]
                    add(name + ", transparent", pixels, colour, depth, interlaced, before + [chunk(b"tRNS", bytes(alphas))], palette, alphas)
                elif colour in (0, 2):
                    key = pixels[3][4]
                    trns = chunk(b"tRNS", b"".join(struct.pack(">H", v) for v in key))
                    add(name + ", transparent", pixels, colour, depth, interlaced, [trns], transparent=key)

    # Sizes at which passes are empty or rows end within a byte.
    for rows in (1, 2, 3, 4, 5, 8, 9):
        for columns in (1, 2, 3, 4, 5, 7, 8, 9):
            colour, depth = [(0, 1), (0, 2), (0, 4), (0, 8), (6, 8)][(rows + columns) % 5]
            add(f"{rows}×{columns}, interlaced", draw(rows, columns, CHANNELS[colour], 2**depth - 1, 100 + 10 * rows + columns), colour, depth, True)

    # A suggested palette in a picture of colours, and the chunks that writers leave.
    suggestion = [chunk(b"gAMA", struct.pack(">I", 45455)), chunk(b"PLTE", bytes(range(30))), chunk(b"bKGD", bytes(6)), chunk(b"tEXt", b"Title\0x")]
    add("suggested palette", draw(4, 5, 3, 255, 7), 2, 8, False, suggestion, pieces=4)

    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(here, "pictures.json"), "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(p, ensure_ascii=False) for p in pictures) + "\n]\n")
    print(len(pictures), "pictures")


main()
