"""The node tests of the package `onnx` as folders of cases: `python nodes.py FOLDER`."""

import sys

import numpy
import onnx
from onnx.backend.test.case.node import collect_testcases

import cases

# operands that exporters store: the tests give them as inputs
STORED = {
    "BatchNormalization": (1, 2, 3, 4), "Clip": (1, 2), "ConstantOfShape": (0,), "Conv": (1, 2), "ConvTranspose": (1, 2),
    "CumSum": (1,), "Dropout": (1, 2), "Expand": (1,), "GatherElements": (1,), "GroupNormalization": (1, 2),
    "GRU": range(1, 6), "InstanceNormalization": (1, 2), "LayerNormalization": (1, 2), "LSTM": range(1, 8),
    "OneHot": (1, 2), "Pad": (1, 2, 3), "Reshape": (1,), "Resize": (1, 2, 3), "ReverseSequence": (1,),
    "RMSNormalization": (1,), "RNN": range(1, 6), "Slice": (1, 2, 3, 4), "Split": (1,), "Squeeze": (1,), "Tile": (1,),
    "Trilu": (1,), "Unsqueeze": (1,), "Upsample": (1,),
}


def store(model, inputs):
    """Makes stored tensors of the inputs that are such operands; the others are left."""
    graph, rest = model.graph, {}
    stored = set()
    for node in graph.node:
        which = STORED.get(node.op_type, (1,) if node.op_type.startswith("Reduce") else ())
        stored |= {name for at, name in enumerate(node.input) if at in which}
    for port in list(graph.input):
        array = inputs.get(port.name)
        if array is None:
            continue
        if port.name in stored:
            graph.initializer.append(onnx.numpy_helper.from_array(numpy.asarray(array), port.name))
            graph.input.remove(port)
        else:
            rest[port.name] = array
    return rest


def main(folder):
    written, skipped = 0, 0
    for case in collect_testcases(None):
        model = case.model
        own = [opset.version for opset in model.opset_import if opset.domain in ("", "ai.onnx")]
        is_plain = all(isinstance(array, numpy.ndarray) for data in case.data_sets for part in data for array in part)
        if not case.data_sets or not own or own[0] > 21 or not is_plain:
            if own and own[0] > 21:
                # the newest tests are those of the newest version: what did not change is said in version 21
                model = onnx.ModelProto.FromString(model.SerializeToString())
                for opset in model.opset_import:
                    if opset.domain in ("", "ai.onnx"):
                        opset.version = 21
                try:
                    onnx.checker.check_model(model)
                except Exception:
                    skipped += 1
                    continue
            if not case.data_sets or not own or not is_plain:
                skipped += 1
                continue
        inputs, outputs = case.data_sets[0]
        model = onnx.ModelProto.FromString(model.SerializeToString())
        try:
            given = store(model, dict(zip((port.name for port in model.graph.input), inputs)))
            given = {name: numpy.asarray(array).astype("f4") for name, array in given.items()}
            wanted = [numpy.asarray(array).astype("f4") for array in outputs]
        except (ValueError, TypeError):
            skipped += 1
            continue
        cases.write(f"{folder}/{case.name}", model.SerializeToString(), given, wanted)
        written += 1
    print(f"{written} cases written, {skipped} are of newer versions, or of texts and sequences")


main(sys.argv[1])
