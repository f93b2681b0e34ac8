"""The compiled kernel: loops over arrays and text in C, called through ctypes.

===============  ===============================================================
``source/``      C11 without a C library; each part of the kernel is a file
``libraries/``   what ``build`` made of it for each system, committed
``build``        compiles the source (``python -m index.kernel.build``; needs ziglang)
``library``      loads the library of this system, or says why there is none
===============  ===============================================================

Nothing is compiled on a user's machine. Where no library fits, or ``DALIL_KERNEL=off`` is set,
numpy and Python do the same work: they are what the kernel is tested against.
"""
