"""The child's memory: one heap, in pages of two megabytes where the kernel has them (Linux with glibc; elsewhere nothing).

A picture of 12 megapixels touches 21,000 pages of four kilobytes, and the kernel has to hand over each: 62 ms of a job of
190. In large pages there are 2,600 of them, and 20 ms.
"""

import ctypes

from intake.photos.limits import MB

RESERVE = 256 * MB
"""Address space that is asked for in large pages. What a picture needs beyond it comes in small ones."""

_LARGE_PAGE = 2 * MB
_NEVER = 1 << 30
# malloc.h, and linux/mman.h
_M_TRIM_THRESHOLD, _M_MMAP_MAX, _M_ARENA_MAX, _MADV_HUGEPAGE = -1, -4, -8, 14

_libc = ctypes.CDLL(None, use_errno=True)


def settle() -> bool:
    """Make one heap of this process and ask for large pages under it. Returns whether there are RESERVE bytes of it.

    To be called under the limit of memory, so that the reserve counts.
    """
    if not hasattr(_libc, "mallopt"):
        return False
    # An arena for each thread would reserve 64 MB of the address space that we limit.
    _libc.mallopt(_M_ARENA_MAX, 1)
    # Pictures would be mapped one by one, and given back one by one.
    _libc.mallopt(_M_MMAP_MAX, 0)
    _libc.mallopt(_M_TRIM_THRESHOLD, _NEVER)
    return _reserve()


def _reserve() -> bool:
    _libc.malloc.restype, _libc.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
    _libc.free.restype, _libc.free.argtypes = None, [ctypes.c_void_p]
    _libc.madvise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
    start = _libc.malloc(RESERVE)
    if not start:
        return False
    _libc.free(start)
    first, end = -(-start // _LARGE_PAGE) * _LARGE_PAGE, (start + RESERVE) // _LARGE_PAGE * _LARGE_PAGE
    return bool(_libc.madvise(first, end - first, _MADV_HUGEPAGE) == 0)
