"""Transfer functions: code values, 0 to 1, to light and back."""

from math import exp

_M1, _M2, _C1, _C2, _C3 = 2610 / 16384, 2523 / 32, 3424 / 4096, 2413 / 128, 2392 / 128
_A, _B, _C = 0.17883277, 0.28466892, 0.55991073
_PQ_PEAK = 10_000.0


def pq_to_nits(code: float) -> float:
    """Light in cd/m² for a PQ code (ITU-R BT.2100-2, table 4)."""
    power = code ** (1 / _M2)
    return float(_PQ_PEAK * (max(power - _C1, 0.0) / (_C2 - _C3 * power)) ** (1 / _M1))


def nits_to_pq(nits: float) -> float:
    """PQ code for light in cd/m² (ITU-R BT.2100-2, table 4)."""
    power = (max(nits, 0.0) / _PQ_PEAK) ** _M1
    return float(((_C1 + _C2 * power) / (1 + _C3 * power)) ** _M2)


def hlg_to_scene(code: float) -> float:
    """Light of the scene, 0 to 1, for an HLG code (ITU-R BT.2100-2, table 5)."""
    return code * code / 3 if code <= 0.5 else (exp((code - _C) / _A) + _B) / 12


def linear_to_srgb(light: float) -> float:
    """Code of sRGB, 0 to 1, for linear light (IEC 61966-2-1). Clips light outside 0 to 1."""
    light = min(1.0, max(0.0, light))
    return 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
