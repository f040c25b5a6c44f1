"""The workloads in NumPy: draws, eigenvalues and matrix products."""

import peer

peer.one_thread()

import numpy as np


def normals(generator, dtype):
    def opener():
        rng = np.random.Generator(generator(1))
        out = np.empty(1 << 18, dtype)

        def work():
            rng.standard_normal(out=out, dtype=dtype)
            return out.size

        return work

    return opener


def eigenvalues(n):
    def opener():
        a = np.random.default_rng(1).standard_normal((n, n))
        symmetric = a + a.T

        def work():
            np.linalg.eigvalsh(symmetric)
            return 1

        return work

    return opener


def product(n):
    def opener():
        rng = np.random.default_rng(1)
        a, b, c = rng.standard_normal((n, n)), rng.standard_normal((n, n)), np.empty((n, n))

        def work():
            np.matmul(a, b, out=c)
            return 1

        return work

    return opener


WORKLOADS = {}
for name in ("PCG64", "SFC64", "Philox"):
    for dtype in ("float64", "float32"):
        WORKLOADS[(f"normals {dtype}", name)] = normals(getattr(np.random, name), np.dtype(dtype).type)
for n in (256, 512):
    WORKLOADS[(f"eigenvalues n={n}", "eigvalsh")] = eigenvalues(n)
for n in (32, 128, 512):
    WORKLOADS[(f"product n={n} float64", "matmul")] = product(n)

if __name__ == "__main__":
    peer.main({"numpy": np.__version__}, WORKLOADS)
