"""Writes the files of PyTorch 2.15.0 beside it, and `values.safetensors` with the numbers of `views.pth`.

    pip install torch==2.15.0 safetensors numpy && python make.py
"""

import argparse
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import nn

HERE = Path(__file__).parent


def net():
    """The network of `nn-core/tests/mutated_weights.rs`, with numbers that need all their bits."""
    model = nn.Module()
    model.body = nn.Linear(4, 6, bias=False)
    model.norm = nn.BatchNorm1d(6)
    model.head = nn.Linear(6, 2)
    return model


def views():
    """Tensors of all types, and views that share storages or have other orders of axes."""
    numbers = torch.arange(24.0)
    transposed = torch.randn(3, 5, dtype=torch.float64).T
    base = torch.randn(4, 6)
    return {
        "f64": torch.tensor([1 / 3, -1e300], dtype=torch.float64),
        "f16": torch.tensor([[0.1, 65504.0], [6e-8, -2.0]], dtype=torch.float16),
        "bf16": torch.tensor([0.1, 3e38, -1e-40], dtype=torch.bfloat16),
        "scalar": torch.tensor(0.7),
        "empty": torch.zeros(2, 0, 3),
        "first": numbers[:6].view(2, 3),
        "second": numbers[6:].view(3, 6),
        "transposed": transposed,
        "inner": base[1:3, 2:5],
        "permuted": torch.randn(2, 3, 4).permute(2, 0, 1),
        "expanded": torch.tensor([[1.5], [2.5]]).expand(2, 3),
        "channels_last": torch.randn(1, 3, 2, 2).to(memory_format=torch.channels_last),
        "every_other": base[:, ::2],
        "again": base,
        "parameter": nn.Parameter(torch.tensor([4.0, 5.0])),
    }


def main():
    torch.manual_seed(7)
    torch.set_num_threads(1)
    model = net()
    torch.save(model.state_dict(), HERE / "net.pth")
    for protocol in [3, 4, 5]:
        torch.save(model.state_dict(), HERE / f"protocol{protocol}.pth", pickle_protocol=protocol)
    torch.save(model.state_dict(), HERE / "legacy.pth", _use_new_zipfile_serialization=False)
    save_file(model.state_dict(), HERE / "net.safetensors")

    tensors = views()
    whole = {name: torch.tensor([[1, -2]], dtype=dtype) for name, dtype in
             [("i64", torch.int64), ("i32", torch.int32), ("i16", torch.int16), ("i8", torch.int8)]}
    whole |= {"u8": torch.tensor([[1, 255]], dtype=torch.uint8), "bool": torch.tensor([[True, False]])}
    torch.save(tensors | whole, HERE / "views.pth")
    save_file({name: tensor.detach().contiguous().clone() for name, tensor in tensors.items()}, HERE / "values.safetensors")

    optimizer = torch.optim.Adam(model.parameters(), 0.01)
    model.head(model.norm(model.body(torch.randn(8, 4)))).sum().backward()
    optimizer.step()
    losses = [0.5, 0.25]
    torch.save({
        "model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": 3, "losses": losses,
        "best": {"model": model.state_dict(), "loss": min(losses)}, "seed": 2**80, "note": "naïve", "list": [torch.ones(2)],
        "nothing": None, "bytes": b"\x00\xff", "done": True,
    }, HERE / "checkpoint.pth", pickle_protocol=4)
    save_file(model.state_dict(), HERE / "checkpoint.safetensors")

    torch.save(nn.Linear(2, 1), HERE / "model.pth")
    torch.save({"args": argparse.Namespace(lr=0.1)}, HERE / "arguments.pth")
    torch.serialization.set_crc32_options(False)
    torch.save(model.state_dict(), HERE / "no_checksums.pth")


main()
