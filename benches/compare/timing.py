"""How peers are measured: as `benches` measures this project."""

import argparse
import time


def arguments():
    """The arguments of each peer."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=0.5, help="for each row")
    parser.add_argument("--only", default="", help="only rows whose names contain this")
    return parser.parse_args()


def measure(work, seconds):
    """The median and the least time of a call, in microseconds, of rounds of 200 microseconds or more."""
    work()
    begin = time.perf_counter()
    work()
    once = time.perf_counter() - begin
    calls = max(1, round(2e-4 / max(once, 1e-7)))
    times = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(times) < 5:
        begin = time.perf_counter()
        for _ in range(calls):
            work()
        times.append((time.perf_counter() - begin) / calls * 1e6)
    times.sort()
    return times[len(times) // 2], times[0]


def rows(peer, workloads, given):
    """Prints a row for each workload: a name and a function that prepares its work."""
    for name, prepare in workloads:
        if given.only in name:
            median, least = measure(prepare(), given.seconds)
            print(f"{peer},{name},{given.threads},{median:.3f},{least:.3f}", flush=True)
