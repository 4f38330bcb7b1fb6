"""Folders of reference cases: a model, and what ONNX Runtime or a reference computes for an input.

A case is a folder with `model.onnx` or `model.tflite`, and `data.safetensors`, which holds `input.NAME` and `output.NUMBER`
in f32. The sizes that the model names are those of the inputs; `agreement.rs` reads these folders.

The packages `numpy`, `onnx`, `onnxruntime`, `onnxscript`, `safetensors`, `torch`, `torchvision` and `silero-vad` are needed, for
TFLite those that `tflite_models.py` names.
"""

import pathlib

import numpy
from safetensors.numpy import save_file


def write(folder, model, inputs, outputs, file="model.onnx"):
    """Writes a case: the bytes of a model, arrays by the names of inputs, arrays in the order of outputs."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / file).write_bytes(model)
    arrays = {f"input.{name}": array for name, array in inputs.items()}
    arrays |= {f"output.{number}": array for number, array in enumerate(outputs)}
    floats = {name: numpy.ascontiguousarray(numpy.asarray(array).astype("<f4")) for name, array in arrays.items()}
    save_file(floats, folder / "data.safetensors")


def run(model, inputs):
    """What ONNX Runtime computes."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"]).run(None, inputs)
