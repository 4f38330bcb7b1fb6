"""Models with random weights, exported by PyTorch, with the outputs of ONNX Runtime: `python models.py FOLDER [NAME …]`."""

import io
import math
import pathlib
import sys

import onnx
import torch
import torchvision
from torch import nn
from torch.nn import functional as F

import cases


def export(folder, model, inputs, old=False, opset=None, names=None, dynamic=False):
    """Exports a model in prediction; `old` takes the exporter by traces."""
    model = (varied(model) if sum(p.numel() for p in model.parameters()) < 100_000 else model).eval()
    names = names or [f"input{number}" if len(inputs) > 1 else "input" for number in range(len(inputs))]
    path = pathlib.Path(folder)
    path.mkdir(parents=True, exist_ok=True)
    file = path / "model.onnx"
    if old:
        axes = {name: {0: "batch"} for name in names} if dynamic else None
        torch.onnx.export(model, inputs, file, dynamo=False, opset_version=opset or 17, input_names=names,
                          dynamic_axes=axes)
    else:
        shapes = tuple({0: torch.export.Dim("batch")} for _ in inputs) if dynamic else None
        torch.onnx.export(model, inputs, file, dynamo=True, opset_version=opset or 20, input_names=names,
                          external_data=False, dynamic_shapes=shapes, verbose=False)
    data = stripped(file.read_bytes())
    # an export for any batch is given two samples, since one would be a constant; the network takes one
    given = dict(zip(names, (one[:1].numpy() for one in inputs)))
    cases.write(folder, data, given, cases.run(data, given))


def stripped(data):
    """The model without notes, of which the paths of modules are kept."""
    model = onnx.load_model_from_string(data)
    del model.metadata_props[:], model.graph.metadata_props[:], model.graph.value_info[:]
    for part in [*model.graph.node, *model.graph.input, *model.graph.output, *model.graph.initializer]:
        part.doc_string = ""
        kept = [entry for entry in part.metadata_props if entry.key == "pkg.torch.onnx.name_scopes"]
        del part.metadata_props[:]
        part.metadata_props.extend(kept)
    return model.SerializeToString()


class LeNet5(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5, padding=2)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(400, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, 10)

    def forward(self, image):
        x = F.avg_pool2d(torch.tanh(self.conv1(image)), 2)
        x = F.avg_pool2d(torch.tanh(self.conv2(x)), 2)
        x = torch.tanh(self.fc1(torch.flatten(x, 1)))
        return self.fc3(torch.tanh(self.fc2(x)))


class Small(nn.Module):
    """A convolutional network of few weights, which is committed."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 4, 3, padding=1)
        self.norm = nn.BatchNorm2d(4)
        self.conv2 = nn.Conv2d(4, 8, 3, stride=2, padding=1, groups=2)
        self.fc = nn.Linear(8, 5)

    def forward(self, image):
        x = F.max_pool2d(F.relu(self.conv1(image)), 2)
        x = F.gelu(self.norm(x))
        x = F.silu(self.conv2(x)).mean((2, 3))
        return F.log_softmax(self.fc(x), -1)


class Tagger(nn.Module):
    def __init__(self, vocabulary=50, width=12, hidden=10, tags=5, layers=1):
        super().__init__()
        self.words = nn.Embedding(vocabulary, width)
        self.lstm = nn.LSTM(width, hidden, batch_first=True, bidirectional=True, num_layers=layers)
        self.head = nn.Linear(2 * hidden, tags)

    def forward(self, words):
        y, _ = self.lstm(self.words(words))
        return self.head(y)


class Gated(nn.Module):
    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(6, 8, batch_first=True)
        self.head = nn.Linear(8, 3)

    def forward(self, x):
        y, h = self.gru(x)
        return self.head(h[-1]), y


class Encoder(nn.Module):
    """A transformer for sequences of indices."""

    def __init__(self, vocabulary=40, width=16, heads=4, layers=2, length=8, norm_first=False):
        super().__init__()
        self.tokens = nn.Embedding(vocabulary, width)
        self.position = nn.Parameter(torch.randn(length, width) * 0.1)
        layer = nn.TransformerEncoderLayer(width, heads, 32, batch_first=True, activation="gelu", norm_first=norm_first)
        self.encoder = nn.TransformerEncoder(layer, layers, enable_nested_tensor=False)
        self.head = nn.Linear(width, 6)

    def forward(self, tokens):
        return self.head(self.encoder(self.tokens(tokens) + self.position))


class Causal(nn.Module):
    """Attention written by hand, with a mask."""

    def __init__(self, width=12, heads=3, length=7):
        super().__init__()
        self.heads = heads
        self.norm1 = nn.LayerNorm(width)
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm2 = nn.LayerNorm(width)
        self.up = nn.Linear(width, 4 * width)
        self.down = nn.Linear(4 * width, width)
        self.register_buffer("mask", torch.full((length, length), -math.inf).triu(1))

    def forward(self, x):
        b, t, n = x.shape
        q, k, v = (part.view(b, t, self.heads, n // self.heads).transpose(1, 2) for part in self.qkv(self.norm1(x)).chunk(3, -1))
        scores = q @ k.transpose(-2, -1) / math.sqrt(n // self.heads) + self.mask
        h = (torch.softmax(scores, -1) @ v).transpose(1, 2).reshape(b, t, n)
        x = x + self.out(h)
        return x + self.down(F.gelu(self.up(self.norm2(x))))


class UNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.down = nn.Conv2d(2, 6, 3, stride=2, padding=1)
        self.middle = nn.Conv2d(6, 6, 3, padding=1)
        self.up = nn.ConvTranspose2d(6, 4, 2, stride=2)
        self.head = nn.Conv2d(6, 3, 1)

    def forward(self, image):
        x = F.leaky_relu(self.down(image), 0.2)
        x = self.up(F.elu(self.middle(x)))
        x = torch.cat([x, image], 1)
        small = F.interpolate(self.head(x), scale_factor=2, mode="bilinear")
        return torch.sigmoid(small)


def images(*shape):
    return (torch.randn(*shape),)


def indices(limit, *shape):
    return (torch.randint(0, limit, shape),)


def varied(model):
    """Parameters that all differ: equal ones are stored once by the exporters."""
    with torch.no_grad():
        for parameter in model.parameters():
            parameter += 0.1 * torch.randn_like(parameter)
    return model


def calibrated(model, *shape):
    """Batch norms with statistics that are not those of the beginning."""
    model.train()
    with torch.no_grad():
        for _ in range(3):
            model(torch.randn(4, *shape[1:]))
    return model


MODELS = {
    "small": lambda: (calibrated(Small(), 1, 1, 8, 8), images(1, 1, 8, 8), {}),
    "small_dynamic": lambda: (calibrated(Small(), 1, 1, 8, 8), images(2, 1, 8, 8), {"dynamic": True}),
    "small_old": lambda: (calibrated(Small(), 1, 1, 8, 8), images(1, 1, 8, 8), {"old": True, "dynamic": True}),
    "tagger": lambda: (Tagger(), indices(50, 1, 7), {}),
    "tagger_old": lambda: (Tagger(), indices(50, 1, 7), {"old": True}),
    "gated": lambda: (Gated(), images(1, 5, 6), {}),
    "encoder": lambda: (Encoder(), indices(40, 1, 8), {}),
    "encoder_old": lambda: (Encoder(norm_first=True), indices(40, 1, 8), {"old": True}),
    "causal": lambda: (Causal(), images(1, 7, 12), {}),
    "causal_old": lambda: (Causal(), images(1, 7, 12), {"old": True, "opset": 14}),
    "unet": lambda: (UNet(), images(1, 2, 8, 8), {}),
    "lenet5": lambda: (LeNet5(), images(1, 1, 28, 28), {}),
    "lenet5_old": lambda: (LeNet5(), images(1, 1, 28, 28), {"old": True, "opset": 11}),
    "resnet18": lambda: (calibrated(torchvision.models.resnet18(), 1, 3, 64, 64), images(1, 3, 64, 64), {}),
    "resnet18_old": lambda: (calibrated(torchvision.models.resnet18(), 1, 3, 64, 64), images(1, 3, 64, 64), {"old": True}),
    "mobilenet_v2": lambda: (calibrated(torchvision.models.mobilenet_v2(), 1, 3, 64, 64), images(1, 3, 64, 64), {}),
    "mobilenet_v3": lambda: (calibrated(torchvision.models.mobilenet_v3_small(), 1, 3, 64, 64), images(1, 3, 64, 64), {}),
    "efficientnet": lambda: (calibrated(torchvision.models.efficientnet_b0(), 1, 3, 64, 64), images(1, 3, 64, 64), {}),
    "squeezenet": lambda: (torchvision.models.squeezenet1_1(), images(1, 3, 64, 64), {}),
    "shufflenet": lambda: (calibrated(torchvision.models.shufflenet_v2_x0_5(), 1, 3, 64, 64), images(1, 3, 64, 64), {}),
    "densenet": lambda: (calibrated(torchvision.models.densenet121(), 1, 3, 64, 64), images(1, 3, 64, 64), {}),
    "vit": lambda: (varied(torchvision.models.VisionTransformer(32, 8, 2, 4, 32, 64, num_classes=10)), images(1, 3, 32, 32), {}),
    "deep_tagger": lambda: (Tagger(layers=2), indices(50, 1, 7), {"old": True}),
}


def main(folder, *names):
    for name in names or MODELS:
        torch.manual_seed(sum(map(ord, name)))
        model, inputs, options = MODELS[name]()
        try:
            export(f"{folder}/{name}", model, inputs, **options)
            print(name, (pathlib.Path(folder) / name / "model.onnx").stat().st_size, flush=True)
        except Exception as error:
            print(name, "is not exported:", str(error).splitlines()[0][:200], flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
