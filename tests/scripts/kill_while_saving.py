"""Kills a program at random moments while it saves a network, and looks at what is left: the file must be one of the two
networks that the program saves in turn, every time.

    cargo build --release -p nn-core --example save_and_save
    python tests/scripts/kill_while_saving.py target/release/examples/save_and_save --kills 300
"""

import argparse
import random
import subprocess
import tempfile
import time
from collections import Counter
from pathlib import Path


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    moments = random.Random(arguments.seed)
    found, unfinished = Counter(), 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "net.safetensors"
        saving = subprocess.Popen([arguments.program, path])
        while not path.exists():
            time.sleep(0.01)
        for kill in range(arguments.kills):
            time.sleep(moments.uniform(0.02, 0.2))
            assert saving.poll() is None, "the program has ended by itself"
            saving.kill()
            saving.wait()
            left = sorted(other.name for other in Path(folder).iterdir() if other != path)
            assert len(left) <= 1, f"more than one unfinished file: {left}"
            unfinished += len(left)
            check = subprocess.run([arguments.program, path, "check"], capture_output=True, text=True)
            assert check.returncode == 0, f"kill {kill}: {check.stdout}"
            found[check.stdout.strip()] += 1
            saving = subprocess.Popen([arguments.program, path])
        saving.kill()
        saving.wait()
    print(f"{arguments.kills} kills, {unfinished} of them in the middle of a file; found {dict(found)}")


main()
