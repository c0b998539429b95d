#!/usr/bin/env python3
"""Computes small cases of layers, gradients and update rules with PyTorch in float64: layers.json beside this file.

Made with PyTorch 1.13 and NumPy 1.24. Parameters, inputs, targets and gradients that go in are formulas in integers
(`table`), exact in binary, and stand in the file as well, so that no other program has to repeat the formula. Weights
are [out][in], batches [samples][units]. A cost is the mean over the samples of the log-likelihood or of half the
squared distance.

  batch_normalization  dense 3-4, batch normalization (epsilon 1e-5, momentum 0.1), activation, dense 4-2, trained by
                       SGD with rate 0.5. Each step has the outputs, the cost and the gradient of its mini-batch, then
                       the parameters and the running statistics after the update, and the outputs that these
                       statistics give for the evaluation inputs. The mini-batches have 5, 5, 3 samples, and a last one
                       has a single sample: PyTorch refuses that, so the layer is in evaluation mode there. It then
                       normalizes with the running statistics and leaves them alone.
  clipping             the gradient g of a mini-batch, and g * C/norm(g) where norm(g) > C. That is the exact
                       definition: torch.nn.utils.clip_grad_norm_ adds 1e-6 to norm(g), and the script checks that it
                       agrees to that extent. Then three mini-batches of momentum 0.9 with rate 0.5, clipped before
                       weight_decay is added (weights only).
  update_rules         NAdam: torch.optim.NAdam with momentum_decay 0.004. Lion: NumPy, after algorithm 2 of Chen et
                       al. 2023. The gradients are given; they do not depend on the parameters.
  activations          values and derivatives on a grid.
  label_smoothing      torch.nn.CrossEntropyLoss: cost of each sample, mean cost, gradient of the mean by the logits.
  warm_up              torch.optim.lr_scheduler.LinearLR from 1/n in n - 1 updates: the factors (k + 1)/n, then 1.
"""
import json
import pathlib

import numpy
import torch

# NAdam keeps a product in the default type, which is float32 otherwise.
torch.set_default_dtype(torch.float64)
F = torch.nn.functional
NAMES = ("weight0", "bias0", "gamma", "beta", "weight1", "bias1")


def table(seed, rows, columns, scale=1.0):
    """[rows][columns] of numbers in (-scale, scale); scale is a power of two."""
    return [[(((seed + 1) * 7919 + i * 104729 + j * 1299709 + i * j * 31) % 2003 - 1001) / 1024 * scale for j in range(columns)] for i in range(rows)]


def trained(values):
    return torch.tensor(values, requires_grad=True)


def targets(seed, samples, kind):
    """One-hot classes in turn, or real numbers."""
    if kind == "log-likelihood":
        return [[float((i + seed) % 2 == k) for k in range(2)] for i in range(samples)]
    return table(seed, samples, 2)


def mean_cost(kind, z, y):
    if kind == "log-likelihood":
        return F.cross_entropy(z, y)
    return 0.5 * ((z - y) ** 2).sum() / len(y)


def batch_normalization(activation, kind):
    w0, b0, w1, b1 = trained(table(1, 4, 3)), trained(table(2, 1, 4)[0]), trained(table(3, 2, 4)), trained(table(4, 1, 2)[0])
    layer = torch.nn.BatchNorm1d(4, eps=1e-5, momentum=0.1)
    with torch.no_grad():
        layer.weight += torch.tensor(table(5, 1, 4, 0.5)[0])
        layer.bias += torch.tensor(table(6, 1, 4, 0.5)[0])
    parameters = (w0, b0, layer.weight, layer.bias, w1, b1)
    step = torch.optim.SGD(parameters, lr=0.5)
    f = {"sigmoid": torch.sigmoid, "relu": torch.relu}[activation]

    def forward(x):
        return f(layer(x @ w0.T + b0)) @ w1.T + b1

    def outputs(z):
        return (torch.softmax(z, 1) if kind == "log-likelihood" else z).tolist()

    def now():
        return {name: p.detach().tolist() for name, p in zip(NAMES, parameters)}

    case = {"activation": activation, "output": "softmax" if kind == "log-likelihood" else "linear", "cost": kind, "rate": 0.5,
            "start": now(), "evaluation_inputs": table(30, 3, 3, 2.0), "steps": []}
    for k, samples in enumerate((5, 5, 3, 1)):
        x, y = table(10 + k, samples, 3, 2.0), targets(20 + k, samples, kind)
        layer.train(samples > 1)
        z = forward(torch.tensor(x))
        cost = mean_cost(kind, z, torch.tensor(y))
        step.zero_grad()
        cost.backward()
        gradient = {name: p.grad.tolist() for name, p in zip(NAMES, parameters)}
        step.step()
        layer.eval()
        case["steps"].append({
            "inputs": x, "targets": y, "outputs": outputs(z.detach()), "cost": cost.item(), "gradient": gradient, "parameters": now(),
            "running_mean": layer.running_mean.tolist(), "running_variance": layer.running_var.tolist(),
            "evaluation_outputs": outputs(forward(torch.tensor(case["evaluation_inputs"])).detach())})
    return case


def clipping_network():
    return [trained(table(1, 4, 3)), trained(table(2, 1, 4)[0]), trained(table(3, 2, 4)), trained(table(4, 1, 2)[0])]


def differentiate(parameters, x, y):
    w0, b0, w1, b1 = parameters
    for p in parameters:
        p.grad = None
    F.cross_entropy(torch.tanh(torch.tensor(x) @ w0.T + b0) @ w1.T + b1, torch.tensor(y)).backward()
    return torch.cat([p.grad.flatten() for p in parameters]).norm().item()


def clip(parameters, norm, largest):
    if norm > largest:
        for p in parameters:
            p.grad *= largest / norm


def clipping():
    names = ("weight0", "bias0", "weight1", "bias1")
    batches = [{"inputs": table(40 + k, samples, 3, 2.0), "targets": targets(k, samples, "log-likelihood")} for k, samples in enumerate((5, 5, 3))]
    parameters = clipping_network()
    result = {"start": {name: p.tolist() for name, p in zip(names, parameters)}, "batches": batches, "gradients": [], "runs": []}
    for largest in (10.0, 0.25, 0.001):
        norm = differentiate(parameters, batches[0]["inputs"], batches[0]["targets"])
        exact = [p.grad * min(1.0, largest / norm) for p in parameters]
        torch.nn.utils.clip_grad_norm_(parameters, largest)
        for p, g in zip(parameters, exact):
            assert torch.allclose(p.grad, g, rtol=1.1e-6 / norm, atol=0)
        result["gradients"].append({"largest": largest, "norm": norm, "gradient": {name: g.tolist() for name, g in zip(names, exact)}})
    for largest in (0.25, 0.0625):
        for decay in (0.0, 0.125):
            parameters = clipping_network()
            groups = [{"params": parameters[0::2], "weight_decay": decay}, {"params": parameters[1::2], "weight_decay": 0.0}]
            step = torch.optim.SGD(groups, lr=0.5, momentum=0.9)
            for batch in batches:
                clip(parameters, differentiate(parameters, batch["inputs"], batch["targets"]), largest)
                step.step()
            result["runs"].append({"largest": largest, "rate": 0.5, "momentum": 0.9, "decay": decay,
                                   "parameters": {name: p.tolist() for name, p in zip(names, parameters)}})
    return result


def nadam(start, gradients, rate, beta1, beta2, decay):
    w = trained(start)
    # foreach: the plain loop of PyTorch 1.13 has mu_t twice in the product up to t + 1 (fixed in 2.0).
    step = torch.optim.NAdam([w], lr=rate, betas=(beta1, beta2), eps=1e-8, weight_decay=decay, momentum_decay=0.004, foreach=True)
    path = []
    for g in gradients:
        w.grad = torch.tensor(g)
        step.step()
        path.append(w.tolist())
    return path


def lion(start, gradients, rate, beta1, beta2, decay):
    w, m = numpy.array(start), numpy.zeros(len(start))
    path = []
    for g in numpy.array(gradients):
        c = beta1 * m + (1 - beta1) * g
        w = w - rate * (numpy.sign(c) + decay * w)
        m = beta2 * m + (1 - beta2) * g
        path.append(w.tolist())
    return path


def update_rules():
    start, gradients = table(50, 1, 5)[0], table(51, 20, 5, 2.0)
    # One gradient that is always 0, one that is large, one that is small.
    gradients = [[0.0, g[1] * 1024, g[2] / 1024, g[3], g[4]] for g in gradients]
    kept = (1, 2, 3, 10, 20)
    cases = []
    for name, rule, rate, betas in (("nadam", nadam, 0.0078125, (0.9, 0.999)), ("nadam", nadam, 0.03125, (0.75, 0.9375)),
                                    ("lion", lion, 0.0078125, (0.9, 0.99)), ("lion", lion, 0.03125, (0.75, 0.9375))):
        for decay in (0.0, 0.125):
            path = rule(start, gradients, rate, *betas, decay)
            cases.append({"rule": name, "rate": rate, "beta1": betas[0], "beta2": betas[1], "decay": decay,
                          "path": [{"step": k, "parameters": path[k - 1]} for k in kept]})
    return {"start": start, "gradients": gradients, "cases": cases}


def activations():
    functions = {
        "elu": F.elu, "silu": F.silu, "selu": F.selu, "leaky_relu": lambda z: F.leaky_relu(z, 0.2),
        "gelu": F.gelu, "softplus": F.softplus, "sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": F.relu}
    cases = []
    for name, f in functions.items():
        z = trained([k / 8 for k in range(-64, 65)])
        a = f(z)
        a.sum().backward()
        case = {"name": name} | ({"slope": 0.2} if name == "leaky_relu" else {})
        cases.append(case | {"z": z.tolist(), "values": a.tolist(), "derivatives": z.grad.tolist()})
    return cases


def label_smoothing():
    cases = []
    for smoothing, classes in ((0.0, 3), (0.1, 3), (0.1, 10), (0.3, 2)):
        logits, labels = table(60 + classes, 4, classes, 4.0), [(3 * i + 1) % classes for i in range(4)]
        z = trained(logits)
        cost = torch.nn.CrossEntropyLoss(label_smoothing=smoothing)(z, torch.tensor(labels))
        cost.backward()
        each = F.cross_entropy(z.detach(), torch.tensor(labels), label_smoothing=smoothing, reduction="none")
        cases.append({"smoothing": smoothing, "classes": classes, "logits": logits, "labels": labels,
                      "costs": each.tolist(), "cost": cost.item(), "gradient": z.grad.tolist()})
    return cases


def warm_up():
    cases = []
    for n in (2, 3, 5, 10, 64):
        step = torch.optim.SGD([trained([0.0])], lr=1.0)
        scheduler = torch.optim.lr_scheduler.LinearLR(step, start_factor=1 / n, end_factor=1.0, total_iters=n - 1)
        factors = []
        for _ in range(n + 3):
            factors.append(step.param_groups[0]["lr"])
            step.step()
            scheduler.step()
        cases.append({"updates": n, "factors": factors})
    return cases


def main():
    torch.set_num_threads(1)
    lists = {
        "batch_normalization": [batch_normalization("sigmoid", "log-likelihood"), batch_normalization("relu", "quadratic")],
        "activations": activations(), "label_smoothing": label_smoothing(), "warm_up": warm_up()}
    parts = [f'"{name}": [\n' + ",\n".join(json.dumps(case) for case in cases) + "\n]" for name, cases in lists.items()]
    parts += [f'"{name}": {json.dumps(case)}' for name, case in (("clipping", clipping()), ("update_rules", update_rules()))]
    text = "{\n" + ",\n".join(parts) + "\n}\n"
    json.loads(text)
    pathlib.Path(__file__).with_suffix(".json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
