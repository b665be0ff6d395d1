# Finds faces in pixels and paints over them. One process, asked one thing at a time over its standard input until that ends.
#
# A message is four bytes with the length of a JSON object (big endian), that object, and as many bytes as its "bytes" says. It says {"ready": true} first,
# or {"missing": <Debian package>}. It is given pixels only, never a file: nothing here decodes what a stranger has sent.
import json
import math
import os
import struct
import sys

said = os.fdopen(os.dup(1), "wb")
# Whatever a library prints must not come between our messages.
os.dup2(2, 1)


def tell(what, body=b""):
    head = json.dumps(dict(what, bytes=len(body))).encode()
    said.write(struct.pack(">I", len(head)) + head + body)
    said.flush()


def hear():
    size = sys.stdin.buffer.read(4)
    if len(size) < 4:
        sys.exit(0)
    head = json.loads(sys.stdin.buffer.read(struct.unpack(">I", size)[0]))
    return head, sys.stdin.buffer.read(head["bytes"])


try:
    import cv2
    import numpy
except ImportError:
    tell({"missing": "python3-opencv"})
    sys.exit(0)

# Processes are what runs beside each other here.
cv2.setNumThreads(1)

# The longer side of the copy that is searched, and the smallest face in it: a face of a twentieth of the picture is found, whatever the picture's size.
SIDE, SMALLEST = 576, 28
STEP, NEIGHBOURS = 1.15, 5
# A candidate is looked at once more at one size, so that the weights of small and large faces compare.
FACE, AROUND = 64, 0.35
# Weights at which a candidate is as likely a face as not, and the width of that doubt: score = 1 / (1 + exp((EVEN - weight) / DOUBT)). By eye, from the
# 180 candidates that OpenCV's own 800 illustrations gave.
FRONTAL_EVEN, FRONTAL_DOUBT = 2.0, 1.0
PROFILE_EVEN, PROFILE_DOUBT = 0.5, 0.8
# Two boxes of the same face.
SAME = 0.3
# What the boxes leave out of a head, and how many cells of a mosaic are left of it.
MARGIN, CELLS = 0.2, 6
JPEG_QUALITY = 90


def cascade(name):
    path = os.path.join(sys.argv[1], "haarcascade_" + name + ".xml")
    if not os.path.exists(path):
        tell({"missing": "opencv-data"})
        sys.exit(0)
    return cv2.CascadeClassifier(path)


SEEKER, JUDGE, PROFILE = cascade("frontalface_alt2"), cascade("frontalface_default"), cascade("profileface")


def candidates(by, grey):
    boxes, _ = by.detectMultiScale2(grey, STEP, NEIGHBOURS, minSize=(SMALLEST, SMALLEST))
    return [tuple(int(side) for side in box) for box in boxes]


def weight(by, grey, box):
    """The largest weight in the neighbourhood of a candidate; None when the detector does not agree."""
    x, y, width, height = box
    more = int(width * AROUND)
    part = grey[max(0, y - more):y + height + more, max(0, x - more):x + width + more]
    scale = FACE / width
    part = cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    _, _, weights = by.detectMultiScale3(part, 1.05, 1, minSize=(FACE * 5 // 8,) * 2, maxSize=(FACE * 3 // 2,) * 2, outputRejectLevels=True)
    return max((float(one) for one in weights), default=None)


def judged(by, grey, boxes, even, doubt):
    for box in boxes:
        found = weight(by, grey, box)
        if found is not None:
            yield box, 1 / (1 + math.exp((even - found) / doubt))


def overlap(one, other):
    width = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    height = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    both = max(0, width) * max(0, height)
    return both / (one[2] * one[3] + other[2] * other[3] - both)


def find(picture, finder):
    """Finder 1 sees frontal faces; 2 seeks them in two ways; 3 sees profiles too."""
    scale = min(1, SIDE / max(picture.shape[:2]))
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    if scale < 1:
        grey = cv2.resize(grey, (max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale))), interpolation=cv2.INTER_AREA)
    found = list(judged(JUDGE, grey, candidates(SEEKER, grey), FRONTAL_EVEN, FRONTAL_DOUBT))
    if finder >= 2:
        found += judged(JUDGE, grey, candidates(JUDGE, grey), FRONTAL_EVEN, FRONTAL_DOUBT)
    if finder >= 3:
        found += judged(PROFILE, grey, candidates(PROFILE, grey), PROFILE_EVEN, PROFILE_DOUBT)
        # The detector knows faces that look to the left; the others look so in a mirror.
        mirror = cv2.flip(grey, 1)
        for (x, y, width, height), score in judged(PROFILE, mirror, candidates(PROFILE, mirror), PROFILE_EVEN, PROFILE_DOUBT):
            found.append(((grey.shape[1] - x - width, y, width, height), score))
    faces = []
    for box, score in sorted(found, key=lambda one: -one[1]):
        if all(overlap(box, other) < SAME for other, _ in faces):
            faces.append((box, score))
    return [([round(side / scale) for side in box], score) for box, score in faces]


def whole(box, picture):
    """The head around a face, as far as it is in the picture: left, top, right, bottom."""
    x, y, width, height = box
    across, down = round(width * MARGIN), round(height * MARGIN)
    return max(0, x - across), max(0, y - down), min(picture.shape[1], x + width + across), min(picture.shape[0], y + height + down)


def paint(picture, boxes, how, colour):
    line = max(2, round(max(picture.shape[:2]) / 250))
    if how == "black":
        picture = numpy.zeros_like(picture)
    for box in boxes:
        if how in ("boxes", "black"):
            x, y, width, height = box
            cv2.rectangle(picture, (x, y), (x + width - 1, y + height - 1), colour, line)
            continue
        left, top, right, bottom = whole(box, picture)
        head = picture[top:bottom, left:right]
        if how == "fill":
            head[:] = colour
        else:
            few = cv2.resize(head, (CELLS, CELLS), interpolation=cv2.INTER_AREA)
            head[:] = cv2.resize(few, (right - left, bottom - top), interpolation=cv2.INTER_NEAREST)
    return cv2.imencode(".jpg", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])[1].tobytes()


tell({"ready": True})
while True:
    asked, pixels = hear()
    picture = numpy.frombuffer(bytearray(pixels), numpy.uint8).reshape(asked["height"], asked["width"], 3)
    faces = [(box, score) for box, score in find(picture, asked["finder"]) if score >= asked["threshold"]]
    answer = {"faces": [{"x": x, "y": y, "width": width, "height": height, "score": score} for (x, y, width, height), score in faces]}
    tell(answer, paint(picture, [box for box, _ in faces], asked["paint"], asked["colour"]) if asked.get("paint") else b"")
