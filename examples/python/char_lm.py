"""The example `char_lm` in PyTorch: the same network, the same recipe, the same text, on one thread.

    pip install torch
    python examples/python/char_lm.py --steps 4000
"""

import argparse
import gzip
import math
import time
from pathlib import Path

import torch
import torch.nn as nn
import torch.nn.functional as F

ALPHABET = "\n !'(),.:;?ABCDEFGHIJKLMNOPQRSTUWYZabcdefghijklmnopqrstuvwxyz"
WINDOW, BATCH, SIZE, HEADS, DROPOUT = 64, 16, 64, 4, 0.1


class Writer(nn.Module):
    def __init__(self):
        super().__init__()
        self.tokens = nn.Embedding(len(ALPHABET), SIZE)
        self.position = nn.Parameter(torch.empty(WINDOW, SIZE))
        nn.init.normal_(self.tokens.weight, 0, 0.02)
        nn.init.normal_(self.position, 0, 0.02)
        block = lambda: nn.TransformerEncoderLayer(
            SIZE, HEADS, 4 * SIZE, DROPOUT, activation="gelu", batch_first=True, norm_first=True
        )
        self.blocks = nn.ModuleList([block(), block()])
        for block in self.blocks:
            block.self_attn.dropout = 0.0  # the library's attention has none
        self.norm = nn.LayerNorm(SIZE)
        self.head = nn.Linear(SIZE, len(ALPHABET))
        self.register_buffer("mask", nn.Transformer.generate_square_subsequent_mask(WINDOW))

    def forward(self, text):
        h = self.tokens(text) + self.position
        for block in self.blocks:
            h = block(h, src_mask=self.mask, is_causal=True)
        return self.head(self.norm(h)).transpose(1, 2)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--steps", type=int, default=300)
    arguments.add_argument("--seed", type=int, default=1)
    arguments = arguments.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)

    file = Path(__file__).parent.parent / "data" / "genesis.txt.gz"
    text = torch.tensor([ALPHABET.index(c) for c in gzip.open(file, "rt").read()])
    cut = len(text) // 10 * 9
    train, held_out = text[:cut], text[cut:]

    model = Writer()
    print(sum(p.numel() for p in model.parameters()), "parameters")
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.1)
    warmup = 1 + arguments.steps // 20
    cosine = lambda step: 0.1 + 0.9 * (1 + math.cos(math.pi * step / arguments.steps)) / 2
    rise = lambda step: min(1.0, 0.01 + 0.99 * step / warmup)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: cosine(step) * rise(step))

    begin = time.perf_counter()
    for step in range(arguments.steps):
        places = torch.randint(len(train) - WINDOW, (BATCH,))
        windows = torch.stack([train[place : place + WINDOW + 1] for place in places])
        loss = F.cross_entropy(model(windows[:, :-1]), windows[:, 1:])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        if step % 250 == 0 or step + 1 == arguments.steps:
            print(f"step {step:5}: loss {loss.item():.3f} after {time.perf_counter() - begin:.1f} s")

    model.eval()
    with torch.inference_mode():
        places = range(0, len(held_out) - WINDOW, WINDOW)
        windows = torch.stack([held_out[place : place + WINDOW + 1] for place in places])
        loss = F.cross_entropy(model(windows[:, :-1]), windows[:, 1:])
    print(f"loss of the text held out: {loss.item():.4f}")


main()
