"""The numbers of docs/by-hand.md: one mini-batch of a 2-2-2 network, in plain loops.

Prints what samples/ByHand prints; by_hand.txt holds it.
"""
from math import exp

x = [[0.5, 1.0], [1.0, -0.5]]
y = [[1.0, 0.0], [0.0, 1.0]]
w = {2: [[0.2, 0.4], [-0.6, 0.8]], 3: [[0.5, -0.7], [-0.1, 0.9]]}
b = {2: [0.1, -0.3], 3: [0.2, 0.0]}
eta = 0.5


def show(name, *numbers):
    print(f"  {name:<16}" + "".join(f"{number:11.6f}" for number in numbers))


def sigmoid(z):
    return 1 / (1 + exp(-z))


def forward(inputs):
    z, a = {}, {1: inputs}
    for layer in (2, 3):
        z[layer] = [sum(w[layer][j][k] * a[layer - 1][k] for k in range(2)) + b[layer][j] for j in range(2)]
        a[layer] = [sigmoid(value) for value in z[layer]]
    return z, a


def cost(outputs, target):
    return sum((target[j] - outputs[j]) ** 2 for j in range(2)) / 2


dw = {layer: [[0.0, 0.0], [0.0, 0.0]] for layer in (2, 3)}
db = {layer: [0.0, 0.0] for layer in (2, 3)}
total = 0.0
for i in range(2):
    z, a = forward(x[i])
    delta = {3: [(a[3][j] - y[i][j]) * a[3][j] * (1 - a[3][j]) for j in range(2)]}
    delta[2] = [sum(w[3][j][k] * delta[3][j] for j in range(2)) * a[2][k] * (1 - a[2][k]) for k in range(2)]
    print(f"sample {i + 1}")
    show("z of layer 2", *z[2])
    show("a of layer 2", *a[2])
    show("z of layer 3", *z[3])
    show("a of layer 3", *a[3])
    show("cost", cost(a[3], y[i]))
    show("delta of layer 3", *delta[3])
    show("delta of layer 2", *delta[2])
    total += cost(a[3], y[i]) / 2
    for layer in (2, 3):
        for j in range(2):
            db[layer][j] += delta[layer][j] / 2
            for k in range(2):
                dw[layer][j][k] += delta[layer][j] * a[layer - 1][k] / 2


def tensors(weights, biases):
    for layer in (2, 3):
        show(f"w of layer {layer}", *weights[layer][0], *weights[layer][1])
        show(f"b of layer {layer}", *biases[layer])


print("gradient of the mini-batch")
show("cost", total)
tensors(dw, db)
for layer in (2, 3):
    for j in range(2):
        b[layer][j] -= eta * db[layer][j]
        for k in range(2):
            w[layer][j][k] -= eta * dw[layer][j][k]
print("after the update")
tensors(w, b)
show("cost", sum(cost(forward(x[i])[1][3], y[i]) for i in range(2)) / 2)
