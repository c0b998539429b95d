#!/usr/bin/env python3
"""The way of the book's own programs: float64 column vectors, one sample at a time, gradients added up over the mini-batch."""
from common import ARGUMENTS, best_epoch, images, network, report, report_version, run, training_images

import numpy as np


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def backpropagate(weights, biases, x, y):
    """The gradient of the cross-entropy of one sample."""
    weighted_inputs, outputs = [], [x]
    for w, b in zip(weights, biases):
        weighted_inputs.append(np.dot(w, outputs[-1]) + b)
        outputs.append(sigmoid(weighted_inputs[-1]))
    delta = outputs[-1] - y
    weight_gradient, bias_gradient = [], []
    for layer in range(len(weights) - 1, -1, -1):
        weight_gradient.insert(0, np.dot(delta, outputs[layer].T))
        bias_gradient.insert(0, delta)
        if layer > 0:
            s = sigmoid(weighted_inputs[layer - 1])
            delta = np.dot(weights[layer].T, delta) * s * (1 - s)
    return weight_gradient, bias_gradient


def train():
    setting = network(ARGUMENTS.task)
    (x, y), (x_test, y_test) = training_images(), images('t10k')
    random = np.random.default_rng(ARGUMENTS.seed)
    weights = [random.normal(size=(m, n)) / np.sqrt(n) for n, m in zip(setting['sizes'], setting['sizes'][1:])]
    biases = [random.normal(size=(m, 1)) for m in setting['sizes'][1:]]
    columns = np.eye(10)
    samples = [(row.astype(np.float64).reshape(-1, 1), columns[:, [label]]) for row, label in zip(x, y)]
    rate, keep = setting['learning_rate'], 1 - setting['learning_rate'] * setting['l2'] / len(x)

    def epoch():
        random.shuffle(order)
        for start in range(0, len(order), setting['batch']):
            batch = order[start:start + setting['batch']]
            weight_sum, bias_sum = [np.zeros(w.shape) for w in weights], [np.zeros(b.shape) for b in biases]
            for i in batch:
                weight_gradient, bias_gradient = backpropagate(weights, biases, *samples[i])
                weight_sum = [total + g for total, g in zip(weight_sum, weight_gradient)]
                bias_sum = [total + g for total, g in zip(bias_sum, bias_gradient)]
            weights[:] = [keep * w - rate / len(batch) * g for w, g in zip(weights, weight_sum)]
            biases[:] = [b - rate / len(batch) * g for b, g in zip(biases, bias_sum)]

    order = np.arange(len(samples))
    speed = best_epoch(setting['epochs'], len(samples), epoch)
    a = x_test.T.astype(np.float64)
    for w, b in zip(weights, biases):
        a = sigmoid(np.dot(w, a) + b)
    report(samples_per_s=speed, test_accuracy=float((a.argmax(axis=0) == y_test).mean()))


run({
    'version': lambda: report_version('with NumPy ' + np.__version__),
    'prepare': lambda: None,
    'W1': train, 'W2': train,
})
