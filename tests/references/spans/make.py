"""Writes spans.safetensors.gz: an LSTM that PyTorch trains on long sequences in spans, with states that are handed on.

    pip install torch==2.15.0 numpy && python make.py

Truncated backpropagation through time, in f64: the states behind a span are detached, and the next span begins with them. The
file has the sequences, the parameters before the first step and behind the last, and the loss of each step.
"""

import gzip
import json
import pathlib
import struct

import torch

HERE = pathlib.Path(__file__).resolve().parent
SAMPLES, SPANS, STEPS, PASSES = 2, 3, 4, 2

torch.manual_seed(5)
torch.set_default_dtype(torch.float64)

lstm = torch.nn.LSTM(2, 3, batch_first=True)
fc = torch.nn.Linear(3, 1)
named = {f"{name}.{key}": value for name, module in [("lstm", lstm), ("fc", fc)] for key, value in module.named_parameters()}
tensors = {f"before.{name}": value.detach().clone() for name, value in named.items()}
optimizer = torch.optim.SGD(named.values(), lr=0.2, momentum=0.5)
x = torch.randn(SPANS, SAMPLES, STEPS, 2)
t = torch.randn(SPANS, SAMPLES, STEPS, 1)
losses = []
for _ in range(PASSES):
    states = None
    for span in range(SPANS):
        optimizer.zero_grad()
        y, states = lstm(x[span], states)
        loss = torch.nn.functional.mse_loss(fc(y), t[span])
        loss.backward()
        optimizer.step()
        states = tuple(state.detach() for state in states)
        losses.append(loss.item())
tensors |= {"x": x, "t": t, "losses": torch.tensor(losses)}
tensors |= {f"after.{name}": value for name, value in named.items()}

header, data = {}, b""
for name, value in sorted(tensors.items()):
    numbers = value.detach().contiguous().numpy().astype("<f8").tobytes()
    header[name] = {"dtype": "F64", "shape": list(value.shape), "data_offsets": [len(data), len(data) + len(numbers)]}
    data += numbers
text = json.dumps(header).encode()
text += b" " * (-len(text) % 8)
content = struct.pack("<Q", len(text)) + text + data
(HERE / "spans.safetensors.gz").write_bytes(gzip.compress(content, mtime=0))
