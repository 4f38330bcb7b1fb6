"""Writes lengths.safetensors.gz: sequences of several lengths through layers of PyTorch, in f64.

    pip install torch==2.15.0 numpy && python make.py

Recurrent layers are given packed sequences, and attention is given masks. Each result is weighted with random numbers; the
loss is the sum of all, divided by the number of samples. The file has, under the name of a case, what it is given, all
parameters, all results, and the gradients by the parameters and by the input.
"""

import gzip
import json
import pathlib
import struct

import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

HERE = pathlib.Path(__file__).resolve().parent
SAMPLES, STEPS = 4, 5
LENGTHS = torch.tensor([5, 1, 3, 4])

torch.manual_seed(11)
torch.set_default_dtype(torch.float64)
tensors = {}


def note(case, module, given, results, inputs):
    """Keeps a case, whose results have the samples first; `inputs` has functions that give the gradients by them."""
    weights = {name: torch.randn_like(result) for name, result in results.items()}
    loss = sum((results[name] * weights[name]).sum() for name in results) / SAMPLES
    loss.backward()
    kept = given | {f"weight_{name}": weight for name, weight in weights.items()} | results
    kept |= {f"gradient_{name}": value() for name, value in inputs.items()}
    for name, value in module.named_parameters():
        kept[f"param.{name}"] = value
        kept[f"grad.{name}"] = value.grad
    tensors.update({f"{case}.{name}": value for name, value in kept.items()})


def by_sample(states):
    """States of layers and directions as one row for each sample."""
    return states.transpose(0, 1).reshape(SAMPLES, -1)


def recurrent(case, kind, **arguments):
    module = kind(2, 3, batch_first=True, **arguments)
    x = torch.randn(SAMPLES, STEPS, 2, requires_grad=True)
    rows = module.num_layers * (2 if module.bidirectional else 1)
    first = [torch.randn(rows, SAMPLES, 3, requires_grad=True) for _ in range(2 if kind is torch.nn.LSTM else 1)]
    packed = pack_padded_sequence(x, LENGTHS, batch_first=True, enforce_sorted=False)
    packed, last = module(packed, tuple(first) if len(first) == 2 else first[0])
    y, _ = pad_packed_sequence(packed, batch_first=True, total_length=STEPS)
    last = last if isinstance(last, tuple) else (last,)
    names = ["h", "c"][: len(last)]
    given = {"x": x, "length": LENGTHS.double()} | {f"{n}0": by_sample(f) for n, f in zip(names, first)}
    gradients = {"x": lambda: x.grad} | {f"{n}0": lambda f=f: by_sample(f.grad) for n, f in zip(names, first)}
    note(case, module, given, {"y": y} | {n: by_sample(s) for n, s in zip(names, last)}, gradients)


def beyond():
    """True where a sequence has ended."""
    return torch.arange(STEPS)[None, :] >= LENGTHS[:, None]


def attention():
    module = torch.nn.MultiheadAttention(4, 2, batch_first=True)
    for value in module.parameters():
        value.data = torch.randn_like(value) * 0.5
    query = torch.randn(SAMPLES, 3, 4, requires_grad=True)
    x = torch.randn(SAMPLES, STEPS, 4, requires_grad=True)
    mask = torch.randn(SAMPLES, 3, STEPS)
    mask[:, 1, 0] = -torch.inf
    mask[1, 1, 0] = 0.0  # a query has a key to attend to
    mask.requires_grad = True
    closed = torch.zeros(SAMPLES, STEPS).masked_fill(beyond(), -torch.inf)
    y, _ = module(query, x, x, key_padding_mask=closed, attn_mask=mask.repeat_interleave(2, dim=0))
    given = {"query": query, "x": x, "mask": mask, "length": LENGTHS.double(), "key_padding_mask": beyond().double()}
    note("attention", module, given, {"y": y}, {n: lambda v=v: v.grad for n, v in [("query", query), ("x", x), ("mask", mask)]})


def encoder():
    module = torch.nn.TransformerEncoderLayer(4, 2, dim_feedforward=6, dropout=0.0, batch_first=True)
    x = torch.randn(SAMPLES, STEPS, 4, requires_grad=True)
    y = module(x, src_key_padding_mask=beyond())
    note("encoder", module, {"x": x, "length": LENGTHS.double()}, {"y": y}, {"x": lambda: x.grad})


def decoder():
    module = torch.nn.TransformerDecoderLayer(4, 2, dim_feedforward=6, dropout=0.0, batch_first=True)
    x = torch.randn(SAMPLES, 3, 4, requires_grad=True)
    memory = torch.randn(SAMPLES, STEPS, 4, requires_grad=True)
    causal = torch.nn.Transformer.generate_square_subsequent_mask(3)
    y = module(x, memory, tgt_mask=causal, memory_key_padding_mask=beyond())
    given = {"x": x, "memory": memory, "length": LENGTHS.double()}
    note("decoder", module, given, {"y": y}, {"x": lambda: x.grad, "memory": lambda: memory.grad})


def write():
    """A safetensors file, compressed so that the same numbers give the same bytes."""
    header, data = {}, b""
    for name, value in sorted(tensors.items()):
        numbers = value.detach().contiguous().numpy().astype("<f8").tobytes()
        offsets = [len(data), len(data) + len(numbers)]
        header[name] = {"dtype": "F64", "shape": list(value.shape), "data_offsets": offsets}
        data += numbers
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    content = struct.pack("<Q", len(text)) + text + data
    (HERE / "lengths.safetensors.gz").write_bytes(gzip.compress(content, mtime=0))


recurrent("lstm", torch.nn.LSTM, num_layers=2, bidirectional=True)
recurrent("gru", torch.nn.GRU, num_layers=2, bidirectional=True)
recurrent("rnn", torch.nn.RNN, bidirectional=True)
recurrent("ahead", torch.nn.LSTM)
attention()
encoder()
decoder()
write()
