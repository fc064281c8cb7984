"""Golden values of the statistics from SciPy and from definitions written as plain loops. Prints golden.json; run: /usr/bin/python3 make_golden.py > golden.json"""
import itertools
import json
import math
import sys

import numpy as np
import scipy
from scipy import integrate, optimize, stats


def tails():
    return [{"t": t, "degrees": df, "p": float(stats.t.sf(t, df))} for t in (0.0, 0.5, 2.0, 6.5, 40.0, 1000.0) for df in (1, 2, 4, 9, 30)]


def normals():
    return [{"z": z, "p": float(stats.norm.sf(z))} for z in (-2.0, 0.0, 0.5, 1.959963984540054, 4.0, 8.0)]


def holm(p):
    """From the definition: walk up the sorted values, multiply by what is left, never fall."""
    adjusted, worst = [0.0] * len(p), 0.0
    for k, i in enumerate(sorted(range(len(p)), key=lambda i: p[i])):
        worst = max(worst, min(1.0, p[i] * (len(p) - k)))
        adjusted[i] = worst
    return adjusted


def spearman(x, y):
    """rho from scipy.stats.spearmanr; p by its permutation of y in every order."""
    rho = stats.spearmanr(x, y)[0]
    all_rho = [stats.spearmanr(x, order)[0] for order in itertools.permutations(y)] if len(x) <= 6 else None
    above = None if all_rho is None else float(np.mean([r >= rho - 1e-9 for r in all_rho]))
    below = None if all_rho is None else float(np.mean([r <= rho + 1e-9 for r in all_rho]))
    return {"x": x, "y": y, "rho": float(rho), "above": above, "below": below}


def jonckheere(groups):
    """By brute force over all orders of all values."""
    def effect(parts):
        rising = falling = pairs = 0
        for a, b in itertools.combinations(range(len(parts)), 2):
            for u in parts[a]:
                for v in parts[b]:
                    rising, falling, pairs = rising + (u < v), falling + (u > v), pairs + 1
        return (rising - falling) / pairs

    values, sizes = [v for g in groups for v in g], [len(g) for g in groups]
    ends = np.cumsum(sizes)
    observed, hits = effect(groups), [0, 0, 0]
    for order in itertools.permutations(values):
        e = effect([order[end - size:end] for end, size in zip(ends, sizes)])
        hits = [hits[0] + (e >= observed - 1e-12), hits[1] + (e <= observed + 1e-12), hits[2] + 1]
    return {"groups": groups, "effect": observed, "above": hits[0] / hits[2], "below": hits[1] / hits[2]}


def equivalence(values, printed, margin):
    """Two one-sided t tests by scipy.stats.ttest_1samp; the difference test predicts one more run."""
    lower = stats.ttest_1samp(values, printed - margin, alternative="greater")[1]
    upper = stats.ttest_1samp(values, printed + margin, alternative="less")[1]
    n, d, s = len(values), float(np.mean(values)) - printed, float(np.std(values, ddof=1))
    se = s * math.sqrt(1 + 1 / n)
    beyond = stats.t.sf((abs(d) - margin) / se, n - 1) + stats.t.sf((abs(d) + margin) / se, n - 1)
    return {"values": values, "printed": printed, "margin": margin, "equivalent": float(max(lower, upper)), "different": float(min(1.0, beyond))}


def paired(first, second):
    """The two-way layout as an explicit least-squares fit; Howe's interval and its p by root finding."""
    d = np.array(first, float) - np.array(second, float)
    n, m = d.shape
    design = np.array([[1.0] + [float(s == k) for k in range(1, n)] + [float(i == k) for k in range(1, m)] for s in range(n) for i in range(m)])

    def residual(columns):
        fit = np.linalg.lstsq(design[:, columns], d.ravel(), rcond=None)[0]
        return float(((d.ravel() - design[:, columns] @ fit) ** 2).sum())

    rest = residual(list(range(n + m - 1)))
    seeds = residual([0] + list(range(n, n + m - 1))) - rest
    items = residual(list(range(n))) - rest
    A, B, E = seeds / (n - 1), items / (m - 1), rest / ((n - 1) * (m - 1))
    v1, v2, floor = A / (n * m), max(0.0, B - E) / (n * m), math.sqrt(max(B / (n * m), 1 / m**2))
    reach = lambda p: math.sqrt(stats.t.isf(p, n - 1) ** 2 * v1 + stats.norm.isf(p) ** 2 * v2)
    g = float(d.mean())
    half = max(reach(0.025), stats.norm.isf(0.025) * floor)
    p = max(optimize.brentq(lambda q: reach(q) - abs(g), 1e-12, 0.5), stats.norm.sf(abs(g) / floor))
    return {"first": first, "second": second, "value": 100 * g, "low": 100 * (g - half), "high": 100 * (g + half), "above": p if g > 0 else 1 - p}


rng = np.random.default_rng(20240506)
answers = lambda n, m, p: (rng.random((n, m)) < np.clip(p + rng.normal(0, 0.2, m), 0, 1)).astype(int).tolist()
p_values = [0.01, 0.04, 0.03, 0.005, 0.5, 0.03]
print(json.dumps({
    "scipy": scipy.__version__,
    "tails": tails(),
    "normals": normals(),
    "holm": {"p": p_values, "adjusted": holm(p_values)},
    "spearman": [
        spearman([0.04, 0.04, 0.10, 0.06], [8.30, 11.06, 9.82, 3.48]),
        spearman([1, 2, 3, 4, 5], [2.0, 1.0, 4.0, 3.0, 5.0]),
        spearman([1, 2, 2, 3, 3, 4], [6.0, 5.0, 5.0, 2.0, 1.0, 1.0]),
        spearman(list(range(12)), [3.0, 1, 2, 6, 5, 4, 9, 8, 7, 12, 11, 10]),
    ],
    "jonckheere": [
        jonckheere([[1.0, 2.5], [2.0, 3.0], [4.0, 5.0]]),
        jonckheere([[67.06, 66.8, 67.3], [67.64, 67.0], [67.34, 67.0]]),
        jonckheere([[3.0, 3.0], [2.0, 3.0], [1.0, 2.0]]),
    ],
    "equivalence": [
        equivalence([72.4, 72.7, 72.2, 72.6, 72.5], 72.61, 1.07),
        equivalence([70.1, 70.9, 70.4], 72.61, 1.07),
        equivalence([75.0, 75.2, 75.1, 74.9, 75.3], 72.61, 1.07),
        equivalence([50.0, 51.0], 50.5, 3.0),
    ],
    "paired": [paired(answers(3, 12, 0.8), answers(3, 12, 0.4)), paired(answers(2, 20, 0.5), answers(2, 20, 0.6)), paired(answers(5, 8, 0.5), answers(5, 8, 0.5))],
}, indent=1))
