#!/usr/bin/env python3
"""Trains small networks with PyTorch in float64 and writes where they arrive: trajectories.json beside this file.

Made with PyTorch 1.13. Everything that goes in is a formula in integers, so that another program can start from the same bits:

  pixel j of sample i      ((i*7919 + j*104729) mod 251) / 255                 200 samples of 24
  class of sample i        (i*i + i//3) mod 5
  weight [o, i] of layer l (((l+1)*7919 + o*104729 + i*1299709) mod 2003 - 1001) / 4096
  bias [o] of layer l      (((l+1)*104729 + o*7919) mod 1009 - 504) / 8192

Mini-batches are taken in file order for four epochs. The cost of a mini-batch is a mean over its samples of: the sum of binary
cross-entropies, the negative log-likelihood of the softmax, or half the squared distance. With l the book's lambda and n = 200, L2 is
weight_decay = l/n of the optimizer (decoupled for AdamW), L1 adds sign(w)*l/n to the gradient; both for weights only.

Each case keeps the mean cost of its first and its last epoch, and of each parameter tensor (PyTorch's layout, flattened) the sum, the
sum of squares and every 13th value.
"""
import json
import pathlib

import torch

SAMPLES, PIXELS, CLASSES, EPOCHS, STRIDE = 200, 24, 5, 4, 13
RATES = {"sgd": 0.25, "momentum": 0.05, "nesterov": 0.05, "rmsprop": 0.004, "adam": 0.01, "adamw": 0.01}
NETWORKS = {
    "sigmoid-cross-entropy": ([16], torch.sigmoid),
    "relu-log-likelihood": ([16, 12], torch.relu),
    "tanh-quadratic": ([16], torch.tanh),
}
PENALTIES = {"none": (0.0, 0.0), "l1": (0.25, 0.0), "l2": (0.0, 2.0)}


def data():
    x = torch.tensor([[((i * 7919 + j * 104729) % 251) for j in range(PIXELS)] for i in range(SAMPLES)], dtype=torch.float64) / 255
    y = torch.tensor([(i * i + i // 3) % CLASSES for i in range(SAMPLES)])
    return x, y


def parameters(hidden):
    layers, inputs = [], PIXELS
    for l, units in enumerate([*hidden, CLASSES]):
        w = [[(((l + 1) * 7919 + o * 104729 + i * 1299709) % 2003 - 1001) / 4096 for i in range(inputs)] for o in range(units)]
        b = [(((l + 1) * 104729 + o * 7919) % 1009 - 504) / 8192 for o in range(units)]
        layers.append(tuple(torch.tensor(t, dtype=torch.float64, requires_grad=True) for t in (w, b)))
        inputs = units
    return layers


def optimizer(name, layers, decay):
    groups = [{"params": [w for w, _ in layers], "weight_decay": decay}, {"params": [b for _, b in layers], "weight_decay": 0.0}]
    rate = RATES[name]
    return {
        "sgd": lambda: torch.optim.SGD(groups, lr=rate),
        "momentum": lambda: torch.optim.SGD(groups, lr=rate, momentum=0.9),
        "nesterov": lambda: torch.optim.SGD(groups, lr=rate, momentum=0.9, nesterov=True),
        "rmsprop": lambda: torch.optim.RMSprop(groups, lr=rate, alpha=0.99, eps=1e-8),
        "adam": lambda: torch.optim.Adam(groups, lr=rate, betas=(0.9, 0.999), eps=1e-8),
        "adamw": lambda: torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.999), eps=1e-8),
    }[name]()


def cost(network, z, y):
    target = torch.nn.functional.one_hot(y, CLASSES).to(torch.float64)
    if network == "sigmoid-cross-entropy":
        return torch.nn.functional.binary_cross_entropy_with_logits(z, target, reduction="sum") / len(y)
    if network == "relu-log-likelihood":
        return torch.nn.functional.cross_entropy(z, y)
    return 0.5 * ((z - target) ** 2).sum() / len(y)


def train(network, rule, penalty, batch):
    hidden, activation = NETWORKS[network]
    l1, l2 = PENALTIES[penalty]
    x, y = data()
    layers = parameters(hidden)
    step = optimizer(rule, layers, l2 / SAMPLES)
    costs = []
    for _ in range(EPOCHS):
        total = 0.0
        for first in range(0, SAMPLES, batch):
            a, labels = x[first:first + batch], y[first:first + batch]
            for w, b in layers[:-1]:
                a = activation(a @ w.T + b)
            w, b = layers[-1]
            c = cost(network, a @ w.T + b, labels)
            step.zero_grad()
            c.backward()
            for w, _ in layers:
                w.grad += l1 / SAMPLES * torch.sign(w.detach())
            step.step()
            total += c.item() * len(labels)
        costs.append(total / SAMPLES)
    tensors = []
    for tensor in (t.detach().flatten() for layer in layers for t in layer):
        tensors.append({"sum": tensor.sum().item(), "squares": (tensor ** 2).sum().item(), "values": tensor[::STRIDE].tolist()})
    return {"network": network, "hidden": hidden, "optimizer": rule, "rate": RATES[rule], "l1": l1, "l2": l2, "batch": batch,
            "first_cost": costs[0], "last_cost": costs[-1], "tensors": tensors}


def rates(make, steps, feed=lambda scheduler, k: scheduler.step()):
    step = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.3)
    scheduler = make(step)
    sequence = []
    for k in range(steps):
        sequence.append(step.param_groups[0]["lr"])
        step.step()
        if k + 1 < steps:
            feed(scheduler, k)
    return sequence


def schedules():
    s = torch.optim.lr_scheduler
    one_cycle = [{"epochs": e, "batches": b, "rates": rates(lambda o: s.OneCycleLR(o, max_lr=0.3, total_steps=e * b, cycle_momentum=False), e * b)}
                 for e, b in ((4, 25), (10, 1), (3, 1), (1, 33), (7, 11))]
    cosine = [{"epochs": e, "batches": b, "rates": rates(lambda o: s.CosineAnnealingLR(o, T_max=e * b), e * b)} for e, b in ((4, 25), (10, 1), (7, 11))]
    step = [{"patience": n, "rates": rates(lambda o: s.StepLR(o, step_size=n, gamma=0.5), 25)} for n in (1, 3, 10)]
    plateau = []
    for n in (1, 2, 3, 5, 10):
        for seed in range(4):
            metrics = [(seed * 37 + 3 * k * k + 11 * k // (seed + 1)) % (17 + 5 * seed) + k // 9 for k in range(60)]
            plateau.append({"patience": n, "metrics": metrics, "rates": rates(
                lambda o: s.ReduceLROnPlateau(o, mode="max", factor=0.5, patience=n - 1, threshold=0, threshold_mode="abs", eps=0), len(metrics) + 1,
                lambda scheduler, k: scheduler.step(metrics[k]))})
    return {"one_cycle": one_cycle, "cosine": cosine, "step": step, "plateau": plateau}


def main():
    torch.set_num_threads(1)
    runs = [train(network, rule, penalty, 8) for network in NETWORKS for rule in RATES for penalty in PENALTIES]
    runs += [train(network, rule, "l2", 48) for network in NETWORKS for rule in RATES]
    lines = ",\n".join(json.dumps(run) for run in runs)
    parts = ",\n".join(f'"{name}": [\n' + ",\n".join(json.dumps(case) for case in cases) + "\n]" for name, cases in schedules().items())
    text = '{\n"runs": [\n' + lines + "\n],\n" + parts + "\n}\n"
    json.loads(text)
    pathlib.Path(__file__).with_suffix(".json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
