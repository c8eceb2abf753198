"""Memory that is given out in the same order in every run.

Bullet's tree of boxes puts that of two nodes first whose address is lower (btDbvt), so what a body meets, and is solved against, first depends on the addresses of what was allocated; after a few frames it
shows. What the allocator hands out depends in turn on all that was freed before: names of folders, the seed of Python's hashes, where the system puts a mapping. In an arena of its own, filled from one
mapping, the same allocations lie in the same order, whatever came before.
"""

import contextlib
import ctypes

# Bytes of addresses, not of memory: what the fall allocates comes from them.
MAPPING = 1 << 30
# Flag of mallocx: by-pass the thread's cache.
NO_CACHE = 1 << 8


def _jemalloc():
    """What Blender allocates with, or None where that is not jemalloc or keeps its controls to itself."""
    try:
        library = ctypes.CDLL(None)
        library.mallocx.restype, library.mallocx.argtypes = ctypes.c_void_p, [ctypes.c_size_t, ctypes.c_int]
        library.dallocx.restype, library.dallocx.argtypes = None, [ctypes.c_void_p, ctypes.c_int]
        library.mallctl.argtypes = [ctypes.c_char_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t]
        return library
    except (OSError, AttributeError):
        return None


@contextlib.contextmanager
def same_order():
    """What this thread allocates inside comes from a fresh arena; without jemalloc, from where it always does."""
    library = _jemalloc()
    if library is None:
        yield
        return

    def control(name, new=None, kind=None):
        """Sets a control, reads it or, without either, carries it out."""
        old, size = kind() if kind else None, ctypes.c_size_t(ctypes.sizeof(kind) if kind else 0)
        failed = library.mallctl(name.encode(), ctypes.byref(old) if kind else None, ctypes.byref(size) if kind else None, ctypes.byref(new) if new is not None else None, ctypes.sizeof(new) if new is not None else 0)
        if failed:
            raise OSError(failed, f"jemalloc refused {name}")
        return old

    arena = control("arenas.create", kind=ctypes.c_uint)
    own = f"arena.{arena.value}."
    flags = arena.value + 1 << 20 | NO_CACHE
    mapping = library.mallocx(MAPPING, flags)
    if mapping:
        library.dallocx(mapping, flags)
    # Now the arena keeps the mapping and takes from its start; what is given back is used again at once, not after some time.
    control(own + "purge")
    for decay in ("dirty_decay_ms", "muzzy_decay_ms"):
        control(own + decay, new=ctypes.c_ssize_t(-1))
    cached = control("thread.tcache.enabled", new=ctypes.c_bool(False), kind=ctypes.c_bool)
    before = control("thread.arena", new=arena, kind=ctypes.c_uint)
    try:
        yield
    finally:
        control("thread.arena", new=before)
        control("thread.tcache.enabled", new=cached)
