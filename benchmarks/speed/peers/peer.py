"""What every peer shares: the protocol by which the driver asks it for timings, and the way to run it by hand.

A peer is a dictionary from (workload, variant) to a function that sets up and gives a function that does some work and returns
how many units it did. By hand:

    python torch_peer.py                     # all workloads, a table
    python torch_peer.py "normals float64"   # those whose name has the words

The driver starts it with --serve and writes one JSON line a question ({"workload", "variant", "seconds", "batches"}); the answer
is one line ({"rate"}, units a second of processor time in the quickest of the batches, or {"error"}). One thread: the driver
pins the process to one core as well.
"""

import json
import os
import sys
import time

THREADS = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
}


def one_thread():
    """Call before numpy, torch or jax are imported. A core type or cache size set by the machine would slow numpy's OpenBLAS."""
    for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
        os.environ.pop(name, None)
    for name, value in THREADS.items():
        os.environ.setdefault(name, value)


def main(versions, workloads):
    if "--serve" in sys.argv:
        serve(versions, workloads)
    else:
        show(versions, workloads, sys.argv[1:])


def serve(versions, workloads):
    opened = {}
    names = [list(key) for key in workloads]
    print(json.dumps({"versions": versions, "flags": flags(), "workloads": names}), flush=True)
    for line in sys.stdin:
        question = json.loads(line)
        key = (question["workload"], question["variant"])
        try:
            if key not in opened:
                opened[key] = open_workload(workloads[key])
            answer = {"rate": best_rate(opened[key], question["seconds"], question["batches"])}
        except Exception as error:  # told to the driver, which decides
            answer = {"error": f"{type(error).__name__}: {error}"[:500]}
        print(json.dumps(answer), flush=True)


def show(versions, workloads, words):
    print(" ".join(f"{name} {version}" for name, version in versions.items()))
    for (workload, variant), opener in workloads.items():
        if not all(word in f"{workload} {variant}" for word in words):
            continue
        print(f"{workload:34} {variant:38} {best_rate(open_workload(opener), 0.25, 4):14.6g} a second", flush=True)


def open_workload(opener):
    """Sets up and runs twice: what is compiled at the first call is no part of the timing."""
    work = opener()
    work()
    work()
    return work


def best_rate(work, seconds, batches):
    """What else the machine does only ever adds time, so the quickest batch counts; ours is timed the same way."""
    return max(rate(work, seconds) for _ in range(batches))


def rate(work, seconds):
    """Calls until `seconds` of processor time have passed, one call at least."""
    units = 0
    start = time.process_time()
    while True:
        units += work()
        elapsed = time.process_time() - start
        if elapsed >= seconds:
            return units / elapsed


def flags():
    return {name: os.environ.get(name, "") for name in THREADS}
