"""The node tests of the package `onnx` as folders of cases: `python nodes.py FOLDER`."""

import sys

import numpy
import onnx
from onnx.backend.test.case.node import collect_testcases

import cases


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
        names = [port.name for port in model.graph.input]
        try:
            given = {name: numpy.asarray(array).astype("f4") for name, array in zip(names, inputs)}
            wanted = [numpy.asarray(array).astype("f4") for array in outputs]
        except (ValueError, TypeError):
            skipped += 1
            continue
        cases.write(f"{folder}/{case.name}", model.SerializeToString(), given, wanted)
        written += 1
    print(f"{written} cases written, {skipped} are of newer versions, or of texts and sequences")


main(sys.argv[1])
