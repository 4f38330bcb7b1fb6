"""Silero VAD from the package `silero-vad` as cases: `python silero.py FOLDER`."""

import pathlib
import sys

import numpy
import onnx
import silero_vad

import cases


def main(folder):
    data = pathlib.Path(silero_vad.__file__).parent / "data"
    random = numpy.random.default_rng(1)
    for name in ("silero_vad", "silero_vad_16k_op15", "silero_vad_op18_ifless"):
        model = (data / f"{name}.onnx").read_bytes()
        ports = onnx.load_model_from_string(model).graph.input
        sizes = {port.name: [dim.dim_value or dim.dim_param for dim in port.type.tensor_type.shape.dim] for port in ports}
        print(name, sizes)
        inputs = {
            "input": (0.3 * random.standard_normal((1, 576))).astype("f4"),
            "state": (0.1 * random.standard_normal((2, 1, 128))).astype("f4"),
            "sr": numpy.array(16000, dtype="i8"),
        }
        inputs = {port.name: inputs[port.name] for port in ports}
        outputs = cases.run(model, inputs)
        cases.write(f"{folder}/{name}", model, inputs, outputs)
        (pathlib.Path(folder) / name / "constants.txt").write_text("sr=16000\n")


main(sys.argv[1])
