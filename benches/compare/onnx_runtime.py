"""The rows of ONNX Runtime, on the networks of `pytorch.py`: predictions alone."""

import io

import numpy
import onnxruntime
import torch

from pytorch import NETWORKS
from timing import arguments, rows


def predict(name, threads):
    make, shape = NETWORKS[name]

    def prepare():
        file = io.BytesIO()
        torch.onnx.export(make().eval(), torch.rand(1, *shape), file, dynamo=False)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        session = onnxruntime.InferenceSession(file.getvalue(), options, providers=["CPUExecutionProvider"])
        feed = {session.get_inputs()[0].name: numpy.random.rand(1, *shape).astype(numpy.float32)}
        return lambda: session.run(None, feed)

    return f"predict-{name}", prepare


if __name__ == "__main__":
    given = arguments()
    torch.manual_seed(1)
    rows("onnxruntime", [predict(name, given.threads) for name in NETWORKS if name != "lstm128-rows"], given)
