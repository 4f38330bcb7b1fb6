"""The rows of PyTorch, eager: what its users run."""

import torch
from torch import nn
from torch.nn import functional as F

from timing import arguments, rows


class Recurrent(nn.Module):
    """The last state of an LSTM over the rows of an image, and a dense layer."""

    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(28, 128, batch_first=True)
        self.out = nn.Linear(128, 10)

    def forward(self, image):
        _, (h, _) = self.lstm(image)
        return self.out(h[0])


def dense(*sizes):
    layers = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def lenet():
    convolutions = [nn.Conv2d(1, 6, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2)]
    return nn.Sequential(*convolutions, nn.Flatten(), *dense(256, 120, 84, 10))


def simple_cnn():
    return nn.Sequential(nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), *dense(6272, 128, 10))


class Separable(nn.Module):
    """A convolution of one map each and one of 1 x 1, as a residual block where the sizes stay."""

    def __init__(self, inputs, outputs, kernel, stride=1):
        super().__init__()
        self.depthwise = nn.Conv2d(inputs, inputs, kernel, stride, kernel // 2, groups=inputs)
        self.pointwise = nn.Conv2d(inputs, outputs, 1)
        self.residual = stride == 1 and inputs == outputs

    def forward(self, x):
        y = self.pointwise(F.relu6(self.depthwise(x)))
        return F.relu(x + y if self.residual else y)


def mobile():
    first = [nn.Conv2d(3, 24, 5, 2, 2), nn.ReLU6(), Separable(24, 24, 3), Separable(24, 24, 3)]
    smaller = [Separable(24, 48, 3, 2), Separable(48, 48, 5), Separable(48, 96, 3, 2), Separable(96, 96, 5)]
    return nn.Sequential(*first, *smaller, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(96, 10))


NETWORKS = {
    "2-4-1": (lambda: nn.Sequential(*dense(2, 4, 1), nn.Sigmoid()), [2]),
    "4-64-64-2": (lambda: dense(4, 64, 64, 2), [4]),
    "784-128-10": (lambda: dense(784, 128, 10), [784]),
    "lenet5": (lenet, [1, 28, 28]),
    "simplecnn": (simple_cnn, [1, 28, 28]),
    "mobile": (mobile, [3, 128, 128]),
    "lstm128-rows": (Recurrent, [28, 28]),
}
TRAININGS = [
    ("2-4-1", 4, "bce"),
    ("4-64-64-2", 32, "mse"),
    ("784-128-10", 64, "cross_entropy"),
    ("784-128-10", 1, "cross_entropy"),
    ("lenet5", 64, "cross_entropy"),
    ("simplecnn", 64, "cross_entropy"),
    ("lstm128-rows", 64, "cross_entropy"),
]
LOSSES = {"bce": F.binary_cross_entropy, "mse": F.mse_loss, "cross_entropy": F.cross_entropy}


def predict(name):
    make, shape = NETWORKS[name]

    def prepare():
        network, x = make().eval(), torch.rand(1, *shape)

        def work():
            with torch.inference_mode():
                network(x)

        return work

    return f"predict-{name}", prepare


def train(name, batch, loss):
    make, shape = NETWORKS[name]
    adam = name == "simplecnn"

    def prepare():
        network, x = make(), torch.rand(batch, *shape)
        with torch.no_grad():
            outputs = network(x).shape[1]
        target = torch.randint(outputs, [batch]) if loss == "cross_entropy" else torch.rand(batch, outputs)
        optimiser = (torch.optim.Adam if adam else torch.optim.SGD)(network.parameters(), lr=1e-5, fused=True)

        def work():
            optimiser.zero_grad(set_to_none=True)
            LOSSES[loss](network(x), target).backward()
            optimiser.step()

        return work

    return f"train-{name}-b{batch}{'-adam' if adam else ''}", prepare


def step(name, kind, inputs, hidden, out):
    """One frame of a stream."""

    def prepare():
        network, last, x = kind(inputs, hidden), nn.Linear(hidden, out) if out else nn.Identity(), torch.rand(1, 1, inputs)
        state = [None]

        def work():
            with torch.inference_mode():
                y, state[0] = network(x, state[0])
                last(y)

        return work

    return f"step-{name}", prepare


if __name__ == "__main__":
    given = arguments()
    torch.set_num_threads(given.threads)
    torch.manual_seed(1)
    workloads = [predict(name) for name in NETWORKS if name != "lstm128-rows"] + [train(*each) for each in TRAININGS]
    workloads += [step("lstm20", nn.LSTM, 1, 20, 1), step("gru64", nn.GRU, 16, 64, 0), step("lstm64", nn.LSTM, 16, 64, 0)]
    rows("pytorch", workloads, given)
