# The four curves of a feed-forward network in float64, for kernel's tests: python3 curves.py > curves.csv
import math, struct


def rounded(x):
    """x as the nearest float32, in which the kernels get it."""
    return struct.unpack("f", struct.pack("f", x))[0]


print("x,gelu_tanh,gelu_erf,relu,silu")
for n in range(-240, 241):
    x = rounded(n / 20 + math.sin(n) / 50)
    tanh = 0.5 * x * (1 + math.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))
    erf = 0.5 * x * math.erfc(-x / math.sqrt(2))  # 1 + erf(z) = erfc(-z), without the cancellation
    silu = x / (1 + math.exp(-x))
    print(",".join(repr(v) for v in (x, tanh, erf, max(0.0, x), silu)))
