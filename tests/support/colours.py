"""Colours as eyes see them: contrast of WCAG 2.2, distance CIE76, and three colour vision deficiencies."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Machado, Oliveira and Fernandes (2009), "A physiologically-based model for simulation of color vision deficiency",
# severity 1.0, on linear RGB.
DEFICIENCIES: Final = {
    "none": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
# sRGB to CIE XYZ, white point D65 (IEC 61966-2-1).
_TO_XYZ: Final = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
_WHITE: Final = np.array([0.95047, 1.0, 1.08883])


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 to 21."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def distance(one: str, other: str, deficiency: str) -> float:
    """CIE76 distance of two colours as somebody with a deficiency sees them."""
    matrix = DEFICIENCIES[deficiency]
    first, second = (_lab(np.clip(matrix @ _linear(colour), 0, 1)) for colour in (one, other))
    return float(np.linalg.norm(first - second))


def _luminance(colour: str) -> float:
    return float(_TO_XYZ[1] @ _linear(colour))


def _linear(colour: str) -> Floats:
    parts = np.array(_parts(colour)) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def _parts(colour: str) -> list[int]:
    """Red, green and blue of ``#abc``, ``#aabbcc`` or ``rgb(1, 2, 3)``."""
    if colour.startswith("#"):
        digits = colour[1:] if len(colour) == 7 else "".join(sign * 2 for sign in colour[1:])
        return [int(digits[place : place + 2], 16) for place in (0, 2, 4)]
    return [int(part) for part in re.findall(r"\d+", colour)[:3]]


def _lab(linear: Floats) -> Floats:
    scaled = _TO_XYZ @ linear / _WHITE
    root = np.where(scaled > 0.008856, np.cbrt(scaled), 7.787 * scaled + 16 / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])
