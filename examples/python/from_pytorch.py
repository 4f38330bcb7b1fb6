"""The side of PyTorch of the example `from_pytorch`: trains a small network and saves its `state_dict` and what it predicts.

    pip install torch safetensors numpy
    python examples/python/from_pytorch.py
"""

import csv
import gzip
from pathlib import Path

import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import save_file

DATA = Path(__file__).parent.parent / "data"


class Digits(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 8, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(8)
        self.fc = nn.Linear(128, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.norm(self.conv(x))), 2)
        return F.softmax(self.fc(x.flatten(1)), dim=1)


def main():
    torch.manual_seed(1)
    torch.set_num_threads(1)
    with gzip.open(DATA / "digits.csv.gz", "rt") as file:
        rows = torch.tensor([[float(field) for field in row] for row in csv.reader(file)])
    images, digits = rows[:, :64].reshape(-1, 1, 8, 8) / 16, rows[:, 64].long()
    held_out = 400

    model = Digits()
    optimizer = torch.optim.Adam(model.parameters(), 0.003)
    for epoch in range(20):
        for batch in (torch.randperm(len(images) - held_out) + held_out).split(32):
            optimizer.zero_grad()
            F.nll_loss(model(images[batch]).log(), digits[batch]).backward()
            optimizer.step()

    model.eval()
    with torch.no_grad():
        predictions = model(images[:held_out])
    accuracy = (predictions.argmax(1) == digits[:held_out]).float().mean()
    print(f"{accuracy:.4f} of the {held_out} first digits, which were held out")

    save_file(model.state_dict(), DATA / "from_pytorch.safetensors")
    with open(DATA / "from_pytorch.csv", "w") as file:
        for row in predictions[:100].tolist():
            file.write(",".join(f"{probability:.9g}" for probability in row) + "\n")


main()
