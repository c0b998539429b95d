#!/usr/bin/env python3
"""PyTorch on the processor: modules, autograd and the optimizers that it brings; the data lies in memory as one tensor."""
from common import (ARGUMENTS, best_epoch, images, network, report, report_prediction, report_products, report_version, run, sample, saved_layers,
                    prediction_images, table, training_images, work_file)

import torch

torch.set_num_threads(ARGUMENTS.threads)
torch.manual_seed(ARGUMENTS.seed)


def module(setting):
    """The layers up to the weighted input of the last one; the costs below start from there. Drawn as Nabla draws them."""
    layers = []
    for inputs, units in zip(setting['sizes'], setting['sizes'][1:]):
        linear = torch.nn.Linear(inputs, units)
        if setting['activation'] == 'sigmoid':
            torch.nn.init.normal_(linear.weight, 0, inputs ** -0.5)
            torch.nn.init.normal_(linear.bias)
        else:
            torch.nn.init.kaiming_normal_(linear.weight, nonlinearity='relu')
            torch.nn.init.zeros_(linear.bias)
        layers += [linear, torch.nn.Sigmoid() if setting['activation'] == 'sigmoid' else torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1])


def optimizer(setting, net, samples):
    groups = [
        dict(params=[p for name, p in net.named_parameters() if name.endswith('weight')], weight_decay=setting['l2'] / samples),
        dict(params=[p for name, p in net.named_parameters() if name.endswith('bias')]),
    ]
    if setting['optimizer'] == 'adam':
        return torch.optim.Adam(groups, lr=setting['learning_rate'])
    return torch.optim.SGD(groups, lr=setting['learning_rate'], momentum=0.9 if setting['optimizer'] == 'momentum' else 0)


def fit(setting, x, y, x_test, y_test):
    """Samples per second and the accuracy on the test part."""
    net = module(setting)
    rule = optimizer(setting, net, len(x))
    one_hot = torch.nn.functional.one_hot(y, setting['outputs']).float()

    def epoch():
        order = torch.randperm(len(x))
        for start in range(0, len(x), setting['batch']):
            chosen = order[start:start + setting['batch']]
            z = net(x[chosen])
            if setting['activation'] == 'sigmoid':
                cost = torch.nn.functional.binary_cross_entropy_with_logits(z, one_hot[chosen], reduction='sum') / len(chosen)
            else:
                cost = torch.nn.functional.cross_entropy(z, y[chosen])
            rule.zero_grad(set_to_none=True)
            cost.backward()
            rule.step()

    speed = best_epoch(setting['epochs'], len(x), epoch)
    with torch.inference_mode():
        return speed, (net(x_test).argmax(dim=1) == y_test).float().mean().item()


def train():
    speed, accuracy = fit(network(ARGUMENTS.task), *(torch.from_numpy(part) for part in (*training_images(), *images('t10k'))))
    report(samples_per_s=speed, test_accuracy=accuracy)


def saved_module():
    net = module(network('W3'))
    linear = [layer for layer in net if isinstance(layer, torch.nn.Linear)]
    with torch.no_grad():
        for layer, (weight, bias) in zip(linear, saved_layers()):
            layer.weight.copy_(torch.from_numpy(weight))
            layer.bias.copy_(torch.from_numpy(bias))
    return net.eval()


def predict():
    net = saved_module()
    x, y = prediction_images()

    def labels(rows):
        with torch.inference_mode():
            return net(torch.from_numpy(rows)).argmax(dim=1)

    report_prediction(labels, labels, x, y)


def train_table():
    x, y, x_test, y_test = (torch.from_numpy(part.copy()) for part in table())
    mean, deviation = x.mean(dim=0), x.std(dim=0)
    _, accuracy = fit(network('W6'), (x - mean) / deviation, y, (x_test - mean) / deviation, y_test)
    report(test_accuracy=accuracy)


def cold_start():
    net = torch.nn.Sequential(torch.nn.Linear(784, 512), torch.nn.ReLU(), torch.nn.Linear(512, 512), torch.nn.ReLU(), torch.nn.Linear(512, 10))
    net.load_state_dict(torch.load(work_file('w3.pt')))
    with torch.inference_mode():
        report(label=net(torch.from_numpy(sample())).argmax(dim=1).item())


run({
    'version': lambda: report_version(torch.__version__),
    'prepare': lambda: torch.save(saved_module().state_dict(), work_file('w3.pt')),
    'GEMM': lambda: report_products(lambda a, b, c: torch.mm(torch.from_numpy(a), torch.from_numpy(b), out=torch.from_numpy(c))),
    'W1': train, 'W2': train, 'W3': train, 'W4': train,
    'W5': predict, 'W6': train_table, 'W7': cold_start,
})
