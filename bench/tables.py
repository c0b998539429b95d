#!/usr/bin/env python3
"""Nabla beside scikit-learn's multilayer perceptron on tables, both with nothing set: the figures of docs/data.md.

    python3 bench/tables.py PROGRAM WORK [TABLE ...]

PROGRAM is the published nabla, WORK a folder for the files. Every table is divided five times (seeds 0 to 4, a fifth to test on, by class
where there are classes); both sides get the same files. Needs NumPy and scikit-learn.
"""
import csv
import json
import pathlib
import subprocess
import sys
import warnings

import numpy as np
from sklearn import datasets, metrics
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

SPLITS = 5
LONG = 1000

CLASSES = {
    'iris': lambda: datasets.load_iris(return_X_y=True),
    'wine': lambda: datasets.load_wine(return_X_y=True),
    'digits8x8': lambda: datasets.load_digits(return_X_y=True),
    'breast cancer': lambda: datasets.load_breast_cancer(return_X_y=True),
    'make_classification': lambda: datasets.make_classification(
        3000, 20, n_informative=8, n_redundant=4, n_classes=4, flip_y=0.05, random_state=0),
}
VALUES = {
    'diabetes': lambda: datasets.load_diabetes(return_X_y=True),
    'make_friedman1': lambda: datasets.make_friedman1(1000, 10, noise=1, random_state=0),
    'make_regression': lambda: datasets.make_regression(500, 10, noise=20, random_state=0),
    'make_friedman2': lambda: datasets.make_friedman2(10000, noise=50, random_state=0),
}


def write(path, x, y):
    with open(path, 'w', newline='', encoding='utf-8') as file:
        rows = csv.writer(file)
        rows.writerow([f'x{i}' for i in range(x.shape[1])] + ['target'])
        rows.writerows([*map(repr, map(float, a)), b] for a, b in zip(x, y))


def nabla(program, work, name, seed, parts):
    train, test = work / f'{name}-{seed}-train.csv', work / f'{name}-{seed}-test.csv'
    write(train, parts[0], parts[2])
    write(test, parts[1], parts[3])
    run = work / f'{name}-{seed}'
    subprocess.run(['rm', '-rf', str(run)], check=True)
    out = subprocess.run(
        [program, 'train', str(train), '--test', str(test), '--run', str(run), '--json', '--quiet'],
        check=True, capture_output=True, text=True).stdout
    done = json.loads(out.splitlines()[-1])
    return done.get('test_accuracy', done.get('test_r2'))


def sklearn(kind, score, parts, passes):
    model = make_pipeline(StandardScaler(), kind(random_state=0, max_iter=passes))
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        model.fit(parts[0], parts[2])
    return score(parts[3], model.predict(parts[1]))


def main():
    program, work = sys.argv[1], pathlib.Path(sys.argv[2])
    work.mkdir(parents=True, exist_ok=True)
    print('| table | rows × columns | scikit-learn | 1000 passes | Nabla | Nabla by split |\n| --- | --- | --- | --- | --- | --- |')
    for name, load in {**CLASSES, **VALUES}.items():
        if sys.argv[3:] and name not in sys.argv[3:]:
            continue
        x, y = load()
        classes = name in CLASSES
        y = [f'c{label}' for label in y] if classes else [float(value) for value in y]
        kind, score = (MLPClassifier, metrics.accuracy_score) if classes else (MLPRegressor, metrics.r2_score)
        figures = []
        for seed in range(SPLITS):
            parts = train_test_split(np.asarray(x), y, test_size=0.2, random_state=seed, stratify=y if classes else None)
            figures.append((
                sklearn(kind, score, parts, 200),
                float('nan') if classes else sklearn(kind, score, parts, LONG),
                nabla(program, work, name.replace(' ', '-'), seed, parts)))
        usual, long, ours = np.mean(figures, axis=0)
        print(f'| {name} | {x.shape[0]} × {x.shape[1]} | {usual:.3f} | {"" if classes else f"{long:.3f}"} | {ours:.3f} |'
              f' {" ".join(f"{figure[2]:.3f}" for figure in figures)} |', flush=True)


if __name__ == '__main__':
    main()
