"""Packs the reference data that the tests read, from the folder where it is kept whole.

    python pack.py FOLDER

FOLDER has the folders torch-parity, seed-parity, embed and mlperf-tiny. Written beside this file: the same folders, with
only the tensors that a test reads, each safetensors file compressed by gzip. The same input gives the same bytes. Weights
that examples read too are written to examples/data instead, uncompressed: they lie in programs.
See NOTICE.md for the sources and licences.
"""

import gzip
import json
import pathlib
import shutil
import struct
import sys

HERE = pathlib.Path(__file__).resolve().parent


def everything(_):
    return True


def starts(*prefixes):
    return lambda name: name.startswith(prefixes)


def without_training_in_f32(name):
    return not name.startswith("f32.") or name.startswith(("f32.output0", "f32.loss0", "f32.grad0."))


# Folder, pattern, which tensors are kept.
FILES = [
    ("torch-parity/cases", "*.json", None),
    ("torch-parity/cases", "*.safetensors", everything),
    ("torch-parity/optim", "*.json", None),
    ("torch-parity/optim", "*.f64.safetensors", everything),
    ("torch-parity/optim", "*.f32.safetensors", starts("param0", "grads", "params")),
    ("seed-parity", "*.json", None),
    ("seed-parity", "*.safetensors", without_training_in_f32),
    ("mlperf-tiny", "LICENSE-*", None),
    ("mlperf-tiny/kws-dscnn", "weights_*.safetensors", everything),
    ("mlperf-tiny/kws-dscnn", "io.safetensors", starts("input_nchw", "logits_f64", "output_f64")),
    ("mlperf-tiny/kws-dscnn", "kws01_test1000.safetensors", starts("features_i8", "labels", "probs_float")),
    ("mlperf-tiny/ad-autoencoder", "weights_*.safetensors", everything),
    ("embed/rnnoise", "COPYING", None),
    ("embed/rnnoise", "*.safetensors", everything),
    ("embed/silero-vad-16k", "LICENSE", None),
    ("embed/silero-vad-16k", "weights.safetensors", everything),
    ("embed/silero-vad-16k", "io.safetensors", starts("frames", "prob", "state_")),
    ("mlperf-tiny/ad-autoencoder", "io.safetensors", starts("input", "output_bn_f64", "output_f64")),
]

# What lies in a program, and is not compressed.
EMBEDDED = {"mlperf-tiny/ad-autoencoder/weights_folded.safetensors"}

# What examples read too, and the folder of examples/data where it is.
SHARED = {
    "embed/rnnoise": ("rnnoise", {"COPYING", "weights.safetensors"}),
    "embed/silero-vad-16k": ("silero-vad", {"LICENSE", "weights.safetensors"}),
}


def read(path):
    """The tensors of a safetensors file: name to type, shape and bytes."""
    content = path.read_bytes()
    (length,) = struct.unpack("<Q", content[:8])
    header, data = json.loads(content[8 : 8 + length]), content[8 + length :]
    header.pop("__metadata__", None)
    part = lambda entry: (entry["dtype"], entry["shape"], data[slice(*entry["data_offsets"])])
    return {name: part(entry) for name, entry in header.items()}


def packed(tensors):
    """A safetensors file of these tensors; the widest types first, so that all are aligned."""
    width = {"F64": 8, "I64": 8, "F32": 4, "I8": 1, "U8": 1}
    order = sorted(tensors, key=lambda name: (-width[tensors[name][0]], name))
    header, data = {}, b""
    for name in order:
        dtype, shape, content = tensors[name]
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [len(data), len(data) + len(content)]}
        data += content
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + data


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    source, total = pathlib.Path(sys.argv[1]), 0
    for folder, pattern, keeps in FILES:
        paths = sorted((source / folder).glob(pattern))
        if not paths:
            sys.exit(f"there is no {folder}/{pattern} in {source}")
        for path in paths:
            target = HERE / folder / path.name
            place, names = SHARED.get(folder, ("", set()))
            shared = path.name in names
            if shared:
                target = HERE.parent.parent / "examples/data" / place / path.name
            target.parent.mkdir(parents=True, exist_ok=True)
            if keeps is None:
                shutil.copyfile(path, target)
            else:
                content = packed({name: tensor for name, tensor in read(path).items() if keeps(name)})
                if not shared and f"{folder}/{path.name}" not in EMBEDDED:
                    target = target.with_name(path.name + ".gz")
                    content = gzip.compress(content, compresslevel=9, mtime=0)
                target.write_bytes(content)
            total += target.stat().st_size
    print(f"{total} bytes")


main()
