"""This project and its peers side by side, in turn, on one machine: see README.md."""

import argparse
import csv
import pathlib
import subprocess
import sys

FOLDER = pathlib.Path(__file__).resolve().parent
PEERS = {"pytorch": "pytorch.py", "jax": "compiled_jax.py", "onnxruntime": "onnx_runtime.py"}


def read(command, own):
    """The rows that a program prints, as peer, workload and least time."""
    done = subprocess.run(command, cwd=FOLDER, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        print(f"{' '.join(map(str, command))} has failed, and is left out:\n{done.stderr[-800:]}", file=sys.stderr)
    for row in csv.reader(done.stdout.splitlines()):
        if own and len(row) > 3 and row[0].startswith(("predict", "train", "step")):
            yield "nn", row[0], float(row[3])
        elif not own and len(row) == 5:
            yield row[0], row[1], float(row[4])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3, help="all take turns so often; the least times count")
    parser.add_argument("--seconds", type=float, default=0.5, help="for each row and round")
    parser.add_argument("--only", default="", help="only rows whose names contain this")
    parser.add_argument("--peers", default=",".join(PEERS))
    given = parser.parse_args()
    wanted = given.peers.split(",")
    unknown = [peer for peer in wanted if peer not in PEERS]
    if unknown:
        parser.error(f"there is no peer `{unknown[0]}`: they are {', '.join(PEERS)}")
    root = FOLDER.parent.parent
    subprocess.run(["cargo", "build", "--release", "--quiet", "-p", "benches"], cwd=root, check=True)
    settings = ["--threads", str(given.threads), "--seconds", str(given.seconds), "--only", given.only]
    least = {}
    for number in range(given.rounds):
        print(f"round {number + 1} of {given.rounds}", file=sys.stderr)
        commands = [([root / "target/release/benches", "--csv", *settings], True)]
        commands += [([sys.executable, FOLDER / PEERS[peer], *settings], False) for peer in wanted]
        for command, own in commands:
            for peer, name, time in read(command, own):
                row = least.setdefault(name, {})
                row[peer] = min(time, row.get(peer, time))
    print(f"least µs of a call, {given.threads} thread{'s' if given.threads > 1 else ''}")
    print(f"{'workload':28}{'nn':>12}", *(f"{peer:>12}" for peer in wanted), f"{'best / nn':>10}")
    for name, row in least.items():
        if "nn" in row and len(row) > 1:
            others = [f"{row[peer]:12.3f}" if peer in row else f"{'':12}" for peer in wanted]
            best = min(time for peer, time in row.items() if peer != "nn")
            print(f"{name:28}{row['nn']:12.3f}", *others, f"{best / row['nn']:10.2f}")


if __name__ == "__main__":
    main()
