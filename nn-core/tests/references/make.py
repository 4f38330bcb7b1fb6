"""Writes optimisers.json and schedules.json: what PyTorch 2.15.0 computes, in f64.

    pip install torch==2.15.0 && python make.py
"""

import json

import torch

MADE = "made by make.py with PyTorch " + torch.__version__.split("+")[0]
STEPS, RECORDED, START = 12, [1, 2, 7, 12], [0.7, -1.3, 0.0, 2.5, -0.01]

# Of different sizes, with signs that change; the last parameter gets none in steps 4 to 6.
GRADIENTS = [
    [0.3 * step - 1.0, 1.0 / (step + 1), 1e-3 * (-1) ** step, 40.0 - 9.0 * step, 0.0 if 4 <= step <= 6 else 0.5]
    for step in range(STEPS)
]

OPTIMISERS = [
    ("Adam", dict(lr=0.05, amsgrad=True)),
    ("Adam", dict(lr=0.05, betas=(0.8, 0.9), eps=1e-6, weight_decay=0.1, amsgrad=True)),
    ("AdamW", dict(lr=0.05, amsgrad=True)),
    ("AdamW", dict(lr=0.05, betas=(0.8, 0.9), eps=1e-6, weight_decay=0.1, amsgrad=True)),
    ("Adagrad", dict()),
    ("Adagrad", dict(lr=0.2, lr_decay=0.1, weight_decay=0.05, initial_accumulator_value=0.3, eps=1e-6)),
    ("Adadelta", dict()),
    ("Adadelta", dict(lr=0.5, rho=0.8, eps=1e-4, weight_decay=0.05)),
    ("Adamax", dict()),
    ("Adamax", dict(lr=0.05, betas=(0.8, 0.9), eps=1e-6, weight_decay=0.1)),
    ("NAdam", dict()),
    ("NAdam", dict(lr=0.05, betas=(0.8, 0.9), eps=1e-6, weight_decay=0.1, momentum_decay=0.05)),
    ("NAdam", dict(lr=0.05, weight_decay=0.1, decoupled_weight_decay=True)),
    ("RAdam", dict()),
    ("RAdam", dict(lr=0.05, betas=(0.8, 0.9), eps=1e-6, weight_decay=0.1)),
    ("RAdam", dict(lr=0.05, weight_decay=0.1, decoupled_weight_decay=True)),
]


def trained(name, settings):
    param = torch.nn.Parameter(torch.tensor(START, dtype=torch.float64))
    optimiser = getattr(torch.optim, name)([param], foreach=False, **settings)
    params = {}
    for number, gradient in enumerate(GRADIENTS, 1):
        param.grad = torch.tensor(gradient, dtype=torch.float64)
        optimiser.step()
        if number in RECORDED:
            params[number] = param.tolist()
    group = {key: value for key, value in optimiser.defaults.items() if isinstance(value, (int, float, bool, tuple))}
    return {"optimizer": name, "settings": group, "params": params}


SCHEDULES = [
    ("MultiStepLR", dict(milestones=[2, 5, 5], gamma=0.5), 9),
    ("CosineAnnealingWarmRestarts", dict(T_0=3), 10),
    ("CosineAnnealingWarmRestarts", dict(T_0=2, T_mult=2, eta_min=0.1), 16),
    ("LinearLR", dict(start_factor=0.25, end_factor=0.75, total_iters=4), 7),
    ("PolynomialLR", dict(total_iters=4), 7),
    ("PolynomialLR", dict(total_iters=5, power=2.0), 8),
    ("OneCycleLR", dict(max_lr=1.0, total_steps=20), 20),
    ("OneCycleLR", dict(max_lr=1.0, total_steps=11, pct_start=0.4, div_factor=10.0, final_div_factor=100.0), 11),
    ("OneCycleLR", dict(max_lr=1.0, total_steps=12, anneal_strategy="linear"), 12),
]

LOSSES = [1.0, 0.9, 0.95, 0.9, 0.91, 0.92, 0.8, 0.79999, 0.81, 0.82, 0.83, 0.84, 0.7, 0.71, 0.72, 0.73, 0.74, 0.75]
PLATEAUS = [
    dict(patience=2, factor=0.5),
    dict(patience=1, factor=0.5, cooldown=2),
    dict(patience=1, factor=0.1, threshold=0.15, min_lr=0.01),
]


def optimiser():
    return torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)


def factors(name, settings, count):
    sgd = optimiser()
    schedule = getattr(torch.optim.lr_scheduler, name)(sgd, **settings)
    rates = []
    for at in range(count):
        rates.append(sgd.param_groups[0]["lr"])
        sgd.step()
        if at + 1 < count:
            schedule.step()
    return {"schedule": name, "settings": settings, "factors": rates}


def plateau(settings):
    sgd = optimiser()
    schedule = torch.optim.lr_scheduler.ReduceLROnPlateau(sgd, **settings)
    rates = []
    for loss in LOSSES:
        rates.append(sgd.param_groups[0]["lr"])
        schedule.step(loss)
    return {"schedule": "ReduceLROnPlateau", "settings": settings, "factors": rates}


def write(name, content):
    with open(name, "w", encoding="utf-8") as file:
        lines = [f"{json.dumps(name)}: {json.dumps(value)}" for name, value in {"made": MADE, **content}.items()]
        lines[-1] = lines[-1].replace("}, {", "},\n{")
        file.write("{\n" + ",\n".join(lines) + "\n}\n")


cases = [trained(*case) for case in OPTIMISERS]
write("optimisers.json", {"start": START, "gradients": GRADIENTS, "cases": cases})
cases = [factors(*case) for case in SCHEDULES] + [plateau(settings) for settings in PLATEAUS]
write("schedules.json", {"losses": LOSSES, "cases": cases})
