#!/usr/bin/env python3
"""scikit-learn: MLPClassifier. It draws its first weights in its own way; everything else can be set as the workloads have it."""
from common import (ARGUMENTS, best_epoch, images, network, prediction_images, report, report_prediction, report_version, run, sample, saved_layers, table,
                    training_images, work_file)

import warnings

import joblib
import numpy as np
import sklearn
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler

warnings.filterwarnings('ignore')


def classifier(setting, samples, **more):
    # Its penalty is alpha/2 * sum(w^2) over the size of the mini-batch, Nabla's lambda/(2n) * sum(w^2).
    return MLPClassifier(
        tuple(setting['hidden']), activation='logistic' if setting['activation'] == 'sigmoid' else 'relu',
        solver='adam' if setting['optimizer'] == 'adam' else 'sgd', learning_rate_init=setting['learning_rate'],
        momentum=0.9 if setting['optimizer'] == 'momentum' else 0, nesterovs_momentum=False,
        batch_size=setting['batch'], alpha=setting['l2'] / samples * setting['batch'], random_state=ARGUMENTS.seed, **more)


def train():
    setting = network(ARGUMENTS.task)
    (x, y), (x_test, y_test) = training_images(), images('t10k')
    net = classifier(setting, len(x))
    # Several labels a sample give it sigmoid outputs with a cross-entropy each, as W1 and W2 have them; one label gives softmax.
    targets = np.eye(10, dtype=int)[y] if setting['activation'] == 'sigmoid' else y
    speed = best_epoch(setting['epochs'], len(x), lambda: net.partial_fit(x, targets, classes=np.arange(10)))
    report(samples_per_s=speed, test_accuracy=float((net.predict_proba(x_test).argmax(axis=1) == y_test).mean()))


def saved_classifier():
    """A classifier with W3's weights: fitted once on noise for its bookkeeping, then given the values."""
    net = MLPClassifier(tuple(network('W3')['hidden']), max_iter=1)
    net.fit(np.random.default_rng(0).random((200, 784), dtype=np.float32), np.arange(200) % 10)
    layers = saved_layers()
    net.coefs_, net.intercepts_ = [np.ascontiguousarray(w.T) for w, _ in layers], [b for _, b in layers]
    return net


def predict():
    net = saved_classifier()
    report_prediction(net.predict, net.predict, *prediction_images())


def train_table():
    x, y, x_test, y_test = table()
    scaler = StandardScaler().fit(x)
    setting = network('W6')
    net = classifier(setting, len(x), max_iter=setting['epochs']).fit(scaler.transform(x), y)
    report(test_accuracy=float(net.score(scaler.transform(x_test), y_test)))


def cold_start():
    report(label=int(joblib.load(work_file('w3.joblib')).predict(sample())[0]))


run({
    'version': lambda: report_version(sklearn.__version__),
    'prepare': lambda: joblib.dump(saved_classifier(), work_file('w3.joblib')),
    'W1': train, 'W2': train, 'W3': train, 'W4': train,
    'W5': predict, 'W6': train_table, 'W7': cold_start,
})
