"""Golden values of ShiftTestTests.cs, from SciPy. Run: python3 make_shift_tests.py"""
import math
from scipy import stats

print("paired t, differences 1.5 2.0 4.0:", *(f"{x:.12g}" for x in stats.ttest_1samp([1.5, 2.0, 4.0], 0)))
d = stats.ttest_1samp([1.5, 2.0, 4.0], 0).confidence_interval(0.95)
print("  interval:", f"{d.low:.12g} {d.high:.12g}")
for fewer, more in ((3, 14), (0, 0), (5, 5), (0, 10), (150, 260)):
    print("McNemar", fewer, more, f"{stats.binomtest(fewer, fewer + more, 0.5).pvalue if fewer + more else 1:.12g}")
a, b = [60, 61.5, 63], [50, 52, 57, 53]
va, vb = stats.tvar(a) / len(a), stats.tvar(b) / len(b)
df = math.floor((va + vb) ** 2 / (va**2 / (len(a) - 1) + vb**2 / (len(b) - 1)))
t = (sum(a) / len(a) - sum(b) / len(b)) / math.sqrt(va + vb)
print("Welch, degrees rounded down to", df, f"p {2 * stats.t.sf(abs(t), df):.12g} reach {stats.t.ppf(0.975, df) * math.sqrt(va + vb):.12g}")
for t, df in ((0, 1), (1, 1), (2.5, 2), (-3.2, 5), (8, 30)):
    print("t", t, df, f"{2 * stats.t.sf(abs(t), df):.12g}")
