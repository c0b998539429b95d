#!/usr/bin/env python3
"""NumPy: the network written by hand over whole mini-batches in float32, as a careful user would write it."""
from common import ARGUMENTS, best_epoch, images, network, report, report_products, report_version, run, training_images

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def activations(setting, weights, biases, x):
    """Inputs and the activations of every layer."""
    a = [x]
    for layer, (w, b) in enumerate(zip(weights, biases)):
        z = a[-1] @ w
        z += b
        if layer == len(weights) - 1:
            a.append(sigmoid(z) if setting['activation'] == 'sigmoid' else softmax(z))
        else:
            a.append(sigmoid(z) if setting['activation'] == 'sigmoid' else np.maximum(z, 0, out=z))
    return a


class Update:
    """w <- w - rate * direction(gradient), by the three rules of the workloads; the parameters are changed in place."""

    def __init__(self, setting, parameters):
        self.kind, self.rate, self.step = setting['optimizer'], np.float32(setting['learning_rate']), 0
        self.first = [np.zeros_like(p) for p in parameters]
        self.second = [np.zeros_like(p) for p in parameters]

    def apply(self, parameters, gradients):
        self.step += 1
        for p, g, m, v in zip(parameters, gradients, self.first, self.second):
            if self.kind == 'sgd':
                p -= self.rate * g
            elif self.kind == 'momentum':
                m *= np.float32(0.9)
                m += g
                p -= self.rate * m
            else:
                m *= np.float32(0.9)
                m += np.float32(0.1) * g
                v *= np.float32(0.999)
                v += np.float32(0.001) * (g * g)
                denominator = np.sqrt(v)
                denominator *= np.float32(1 / np.sqrt(1 - 0.999 ** self.step))
                denominator += np.float32(1e-8)
                p -= np.float32(self.rate / (1 - 0.9 ** self.step)) * (m / denominator)


def train():
    setting = network(ARGUMENTS.task)
    (x, y), (x_test, y_test) = training_images(), images('t10k')
    targets = np.eye(10, dtype=np.float32)[y]
    random = np.random.default_rng(ARGUMENTS.seed)
    deviation = 1 if setting['activation'] == 'sigmoid' else np.sqrt(2)
    weights = [(deviation * random.normal(size=(n, m)) / np.sqrt(n)).astype(np.float32) for n, m in zip(setting['sizes'], setting['sizes'][1:])]
    biases = [(random.normal(size=m) if setting['activation'] == 'sigmoid' else np.zeros(m)).astype(np.float32) for m in setting['sizes'][1:]]
    update = Update(setting, weights + biases)
    decay = np.float32(setting['l2'] / len(x))

    def epoch():
        order = random.permutation(len(x))
        for start in range(0, len(x), setting['batch']):
            chosen = order[start:start + setting['batch']]
            a = activations(setting, weights, biases, x[chosen])
            delta = (a[-1] - targets[chosen]) / np.float32(len(chosen))
            weight_gradients, bias_gradients = [None] * len(weights), [None] * len(weights)
            for layer in range(len(weights) - 1, -1, -1):
                weight_gradients[layer], bias_gradients[layer] = a[layer].T @ delta, delta.sum(axis=0)
                if decay:
                    weight_gradients[layer] += decay * weights[layer]
                if layer > 0:
                    slope = a[layer] * (1 - a[layer]) if setting['activation'] == 'sigmoid' else a[layer] > 0
                    delta = (delta @ weights[layer].T) * slope
            update.apply(weights + biases, weight_gradients + bias_gradients)

    speed = best_epoch(setting['epochs'], len(x), epoch)
    answers = activations(setting, weights, biases, x_test)[-1].argmax(axis=1)
    report(samples_per_s=speed, test_accuracy=float((answers == y_test).mean()))


run({
    'version': lambda: report_version(np.__version__),
    'prepare': lambda: None,
    'GEMM': lambda: report_products(lambda a, b, c: np.matmul(a, b, out=c)),
    'W1': train, 'W2': train, 'W3': train, 'W4': train,
})
