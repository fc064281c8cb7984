"""Coverage of the candidates for PairedInference, in the model of Verdicts/Calibration/SimulatedMethod.cs. Prints the table of Verdicts/calibration.md.

Run: /usr/bin/python3 compare_intervals.py 500
"""
import sys

import numpy as np
from scipy import stats

ITEMS, ACCURACY, DIFFICULTY, OVERLAP, RESAMPLES = 600, 0.6, 1.5, 0.8, 300
Z = stats.norm.isf(0.025)
rng = np.random.default_rng(20240506)


def differences(n, spread):
    """[n, ITEMS] of -1, 0, 1: two methods of equal accuracy, seeds crossed with items."""
    total = np.sqrt(1 + DIFFICULTY**2)
    seed = spread / 100 / stats.norm.pdf(stats.norm.ppf(ACCURACY)) * total
    centre = stats.norm.ppf(ACCURACY) * np.sqrt(total**2 + seed**2)
    common = rng.standard_normal(ITEMS)

    def right():
        ease = DIFFICULTY * (np.sqrt(OVERLAP) * common + np.sqrt(1 - OVERLAP) * rng.standard_normal(ITEMS))
        return centre + seed * rng.standard_normal((n, 1)) + ease + rng.standard_normal((n, ITEMS)) > 0

    return right().astype(int) - right().astype(int)


def half_widths(d):
    n, m = d.shape
    mean, by_seed, by_item = d.mean(), d.mean(1), d.mean(0)
    seeds, items = m * ((by_seed - mean) ** 2).sum(), n * ((by_item - mean) ** 2).sum()
    A, B = seeds / (n - 1), items / (m - 1)
    E = (((d - mean) ** 2).sum() - seeds - items) / ((n - 1) * (m - 1))
    t, nm = stats.t.isf(0.025, n - 1), n * m

    def satterthwaite(A):
        V = max(A + B - E, 1e-12)
        return stats.t.isf(0.025, V**2 / (A**2 / (n - 1) + B**2 / (m - 1) + E**2 / ((n - 1) * (m - 1)))) * np.sqrt(V / nm)

    drawn_seeds, drawn_items = rng.multinomial(n, [1 / n] * n, RESAMPLES) / n, rng.multinomial(m, [1 / m] * m, RESAMPLES) / m
    resampled = (drawn_seeds * (drawn_items @ d.T)).sum(1)
    low, high = np.quantile(resampled, [0.025, 0.975])
    return abs(mean), {
        "Howe, floored by the items (chosen)": max(np.sqrt(t**2 * A / nm + Z**2 * max(B - E, 0) / nm), Z * np.sqrt(B / nm)),
        "Howe, seeds floored by the rest": np.sqrt(t**2 * max(A, E) / nm + Z**2 * max(B - E, 0) / nm),
        "t over the seeds' differences": t * np.sqrt(A / nm),
        "t, Satterthwaite's degrees": satterthwaite(A),
        "t, Satterthwaite's degrees, seeds floored": satterthwaite(max(A, E)),
        "bootstrap of seeds × items, percentile": max(mean - low, high - mean) if low <= 0 <= high else 0,
        "the same, t quantile, √(n/(n-1))": t * resampled.std() * np.sqrt(n / (n - 1)),
    }


rounds = int(sys.argv[1])
settings = [(n, spread) for spread in (0.3, 3.0) for n in (2, 3, 5, 10)]
cells = {}
for n, spread in settings:
    for _ in range(rounds):
        distance, widths = half_widths(differences(n, spread))
        for name, half in widths.items():
            hits, width = cells.get((name, n, spread), (0, 0.0))
            cells[name, n, spread] = hits + (half > 0 and distance <= half), width + half
print("| method |" + "".join(f" {n} seeds, spread {s} |" for n, s in settings))
print("|---|" + "---|" * len(settings))
for name in dict.fromkeys(name for name, _, _ in cells):
    print(f"| {name} |" + "".join(f" {100 * cells[name, n, s][0] / rounds:.1f} ({100 * cells[name, n, s][1] / rounds:.1f}) |" for n, s in settings))
