"""Benchmarks: one file each, with its peer and its physical limit; `./run bench NAME`."""
