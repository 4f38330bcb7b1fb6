"""The reference cases of the tests as ONNX models: `python parity.py CASES FOLDER`."""

import json
import pathlib
import sys

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F

import models


class Case(nn.Module):
    """A network from its description in JSON."""

    def __init__(self, nodes, output):
        super().__init__()
        self.nodes, self.output = nodes, output
        for node in nodes:
            layer = None if "params_of" in node else make(node)
            if layer is not None:
                self.add_module(node["name"], layer)

    def forward(self, input):
        values = {"input": input}
        for node in self.nodes:
            given = [values[name] for name in node["inputs"]]
            layer = getattr(self, node.get("params_of", node["name"]), None)
            values[node["name"]] = call(node, layer, given)
        return values[self.output]


def make(node):
    """The layer of a node; `None` for a function."""
    op = node["op"]
    conv = lambda kind, **more: kind(node["in_channels"], node["out_channels"], node["kernel"], stride=node["stride"],
                                     padding=node["padding"], dilation=node["dilation"], groups=node["groups"],
                                     bias=node["bias"], **more)
    recurrent = lambda kind, **more: kind(node["input_size"], node["hidden_size"], batch_first=True, bias=node["bias"],
                                          num_layers=node["num_layers"], bidirectional=node["bidirectional"], **more)
    if op == "linear":
        return nn.Linear(node["in_features"], node["out_features"], bias=node["bias"])
    if op == "conv1d":
        return conv(nn.Conv1d)
    if op == "conv2d":
        return conv(nn.Conv2d)
    if op == "conv_transpose2d":
        return conv(nn.ConvTranspose2d, output_padding=node["output_padding"])
    if op == "batch_norm":
        kind = nn.BatchNorm2d if len(node["out_shape"]) == 4 else nn.BatchNorm1d
        return kind(node["num_features"], eps=node["eps"], affine=node["affine"])
    if op == "layer_norm":
        return nn.LayerNorm(node["normalized_shape"], eps=node["eps"])
    if op == "group_norm":
        return nn.GroupNorm(node["num_groups"], node["num_channels"], eps=node["eps"])
    if op == "instance_norm":
        kind = nn.InstanceNorm2d if len(node["out_shape"]) == 4 else nn.InstanceNorm1d
        return kind(node["num_features"], eps=node["eps"], affine="weight" in node.get("params", {}))
    if op == "lstm":
        return recurrent(nn.LSTM)
    if op == "gru":
        return recurrent(nn.GRU)
    if op == "rnn":
        return recurrent(nn.RNN, nonlinearity=node["nonlinearity"])
    if op == "embedding":
        return nn.Embedding(node["num_embeddings"], node["embedding_dim"])
    if op == "multihead_attention":
        return nn.MultiheadAttention(node["embed_dim"], node["num_heads"], bias=node["bias"], batch_first=True)
    return None


def call(node, layer, given):
    """The result of a node."""
    op, x = node["op"], given[0]
    if op in ("lstm", "gru", "rnn"):
        return layer(x)[0]
    if op == "multihead_attention":
        return layer(x, x, x, need_weights=False)[0]
    if layer is not None:
        return layer(x)
    binary = {"add": torch.add, "sub": torch.sub, "mul": torch.mul, "div": torch.div}
    if op in binary:
        return binary[op](*given)
    if op == "pad2d":
        return F.pad(x, (node["left"], node["right"], node["top"], node["bottom"]), value=node["value"])
    if op == "max_pool2d":
        return F.max_pool2d(x, node["kernel"], node["stride"], node["padding"], node["dilation"], node["ceil_mode"])
    if op == "avg_pool2d":
        return F.avg_pool2d(x, node["kernel"], node["stride"], node["padding"], node["ceil_mode"],
                            node["count_include_pad"])
    simple = {
        "flatten": lambda: torch.flatten(x, node["start_dim"]),
        "global_avg_pool2d": lambda: F.adaptive_avg_pool2d(x, 1).flatten(1),
        "log_softmax": lambda: F.log_softmax(x, node["dim"]),
        "softmax": lambda: F.softmax(x, node["dim"]),
        "gelu": lambda: F.gelu(x, approximate=node.get("approximate", "none")),
        "celu": lambda: F.celu(x, node["alpha"]),
        "mean": lambda: x.mean(node["dims"], node["keepdim"]),
        "select": lambda: x.select(node["dim"], node["index"]),
        "concat": lambda: torch.cat(given, node["dim"]),
        "upsample_nearest2d": lambda: F.interpolate(x, scale_factor=node["factor"], mode="nearest"),
    }
    return simple[op]() if op in simple else getattr(F, op)(x)


def main(source, folder):
    for path in sorted(pathlib.Path(source).glob("*.json")):
        case = json.loads(path.read_text())
        tensors = load_file(path.with_name(path.stem + ".f32.safetensors"))
        model = Case(case["nodes"], case["output"])
        state = {}
        for node in case["nodes"]:
            for short, name in node.get("params", {}).items() | (node.get("buffers") or {}).items():
                if "params_of" not in node:
                    state[f"{node['name']}.{short}"] = tensors[name]
        missing, extra = model.load_state_dict(state, strict=False)
        assert not extra and all(name.endswith("num_batches_tracked") for name in missing), (path, missing, extra)
        models.export(f"{folder}/{path.stem}", model, (tensors["input"][:1],))


if __name__ == "__main__":
    main(*sys.argv[1:])
