"""The workloads in JAX: one compiled program each, loops as scans, networks by vmap."""

import peer

peer.one_thread()

import jax

jax.config.update("jax_platforms", "cpu")
jax.config.update("jax_enable_x64", True)

import jax.flatten_util
import jax.numpy as jnp
from jax import lax

FLOAT = {"float64": jnp.float64, "float32": jnp.float32}
BATCH_WEIGHTS = 1 << 20


def signal(width, depth, dtype, implementation):
    count = max(1, BATCH_WEIGHTS // (width * width * 16))

    def network(key):
        layer_key, cotangent_key = jax.random.split(key)
        scale = jnp.asarray((2 / width) ** 0.5, dtype)

        def forward(carry, layer):
            h, log_norm = carry
            w = jax.random.normal(layer, (width, width), dtype) * scale
            z = w @ h
            a = jnp.maximum(z, 0)
            square = jnp.sum(a * a)
            after = (a / jnp.maximum(jnp.sqrt(square), 1e-30), log_norm + jnp.log(square))
            return after, (w, z > 0, log_norm)

        start = (jnp.zeros(width, dtype).at[0].set(1), jnp.zeros((), dtype))
        _, (weights, masks, log_norms) = lax.scan(forward, start, jax.random.split(layer_key, depth))

        def backward(carry, layer):
            delta, log_delta = carry
            w, mask, log_norm = layer
            d = delta * mask
            square = jnp.sum(d * d)
            d = d / jnp.maximum(jnp.sqrt(square), 1e-30)
            total = log_delta + jnp.log(square)
            return (w.T @ d, total), total + log_norm

        u = jax.random.normal(cotangent_key, (width,), dtype)
        _, gradients = lax.scan(backward, (u / jnp.linalg.norm(u), jnp.zeros((), dtype)), (weights, masks, log_norms), reverse=True)
        return gradients

    def opener():
        run = jax.jit(lambda key: jax.vmap(network)(jax.random.split(key, count)))
        key = [jax.random.key(1, impl=implementation)]

        def work():
            key[0], now = jax.random.split(key[0])
            run(now).block_until_ready()
            return count

        return work

    return opener


def normals(dtype, implementation):
    def opener():
        run = jax.jit(lambda key: jax.random.normal(key, (1 << 18,), dtype))
        key = [jax.random.key(1, impl=implementation)]

        def work():
            key[0], now = jax.random.split(key[0])
            run(now).block_until_ready()
            return 1 << 18

        return work

    return opener


def tanh_network(dtype):
    keys = jax.random.split(jax.random.key(1), 18)
    weights = [jax.random.normal(k, (32, 32), dtype) * jnp.asarray(32**-0.5, dtype) for k in keys[:16]]
    x, y = jax.random.normal(keys[16], (64, 32), dtype), jax.random.normal(keys[17], (64, 32), dtype)

    def loss(weights):
        h = x
        for w in weights:
            h = jnp.tanh(h @ w.T)
        return 0.5 * jnp.sum((h - y) ** 2) / 64

    return weights, loss


def finish(value):
    jax.tree.map(lambda leaf: leaf.block_until_ready(), value)


def gradient(dtype, stacked):
    def opener():
        weights, loss = tanh_network(dtype)
        if stacked:
            run = jax.jit(jax.grad(scan_loss(dtype)))
            weights = jnp.stack(weights)
        else:
            run = jax.jit(jax.grad(loss))

        def work():
            finish(run(weights))
            return 1

        return work

    return opener


def scan_loss(dtype):
    keys = jax.random.split(jax.random.key(2), 2)
    x, y = jax.random.normal(keys[0], (64, 32), dtype), jax.random.normal(keys[1], (64, 32), dtype)

    def loss(weights):
        h, _ = lax.scan(lambda h, w: (jnp.tanh(h @ w.T), None), x, weights)
        return 0.5 * jnp.sum((h - y) ** 2) / 64

    return loss


def hessian_vector(dtype, variant):
    def opener():
        weights, loss = tanh_network(dtype)
        grad = jax.grad(loss)
        vectors = [jax.random.normal(jax.random.key(i), (20, *w.shape), dtype) for i, w in enumerate(weights)]
        if variant == "linearize, 20 in a loop, point kept":

            def program(weights, vectors):
                _, linear = jax.linearize(grad, weights)
                return lax.map(linear, vectors)

        elif variant == "vmap, 20 vectors":

            def program(weights, vectors):
                return jax.vmap(lambda v: jax.jvp(grad, (weights,), (v,))[1])(vectors)

        else:

            def program(weights, vectors):
                return lax.map(lambda v: jax.jvp(grad, (weights,), (v,))[1], vectors)

        run = jax.jit(program)

        def work():
            finish(run(weights, vectors))
            return 20

        return work

    return opener


def training(method, dtype, scanned):
    """100 steps in one program."""

    def opener():
        keys = jax.random.split(jax.random.key(1), 34)
        scale = jnp.asarray((2 / 32) ** 0.5, dtype)
        weights = jnp.stack([jax.random.normal(k, (32, 32), dtype) * scale for k in keys[:32]])
        x, y = jax.random.normal(keys[32], (128, 32), dtype), jax.random.normal(keys[33], (128, 32), dtype)

        def loss(weights):
            if scanned:
                h, _ = lax.scan(lambda h, w: (jax.nn.relu(h @ w.T), None), x, weights)
            else:
                h = x
                for layer in range(32):
                    h = jax.nn.relu(h @ weights[layer].T)
            return 0.5 * jnp.sum((h - y) ** 2) / 128

        grad = jax.grad(loss)

        def sgd(state, _):
            w, m, v = state
            return (w - 1e-6 * grad(w), m, v), None

        def adam(state, _):
            w, m, v = state
            g = grad(w)
            m = 0.9 * m + 0.1 * g
            v = 0.999 * v + 0.001 * g * g
            return (w - 1e-6 * m / (jnp.sqrt(v) + 1e-8), m, v), None

        step = {"SGD": sgd, "Adam": adam}[method]
        run = jax.jit(lambda state: lax.scan(step, state, None, length=100)[0])
        state = [(weights, jnp.zeros_like(weights), jnp.zeros_like(weights))]

        def work():
            state[0] = run(state[0])
            finish(state[0])
            return 100

        return work

    return opener


def cross_entropy(logits, labels):
    return -jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(logits), labels[:, None], 1))


def perceptron(dtype, scanned):
    """784 pixels, 23 ReLU layers of width 16, ten classes, 64 pictures: its starting weights and its loss."""
    keys = jax.random.split(jax.random.key(1), 26)
    first = jax.random.normal(keys[0], (16, 784), dtype) * jnp.asarray((2 / 784) ** 0.5, dtype)
    hidden = jnp.stack([jax.random.normal(k, (16, 16), dtype) * jnp.asarray((2 / 16) ** 0.5, dtype) for k in keys[1:23]])
    last = jax.random.normal(keys[23], (10, 16), dtype) * jnp.asarray((2 / 16) ** 0.5, dtype)
    x = jax.random.normal(keys[24], (64, 784), dtype)
    x, labels = x / jnp.linalg.norm(x, axis=1, keepdims=True), jax.random.randint(keys[25], (64,), 0, 10)

    def loss(weights):
        first, hidden, last = weights
        h = jax.nn.relu(x @ first.T)
        if scanned:
            h, _ = lax.scan(lambda h, w: (jax.nn.relu(h @ w.T), None), h, hidden)
        else:
            for layer in range(22):
                h = jax.nn.relu(h @ hidden[layer].T)
        return cross_entropy(h @ last.T, labels)

    return (first, hidden, last), loss


def digits(method, dtype, scanned):
    """100 steps in one program."""

    def opener():
        weights, loss = perceptron(dtype, scanned)
        grad = jax.grad(loss)

        def sgd(state, _):
            w, m, v = state
            return (jax.tree.map(lambda w, g: w - 1e-6 * g, w, grad(w)), m, v), None

        def adam(state, _):
            w, m, v = state
            g = grad(w)
            m = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, m, g)
            v = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, v, g)
            return (jax.tree.map(lambda w, m, v: w - 1e-6 * m / (jnp.sqrt(v) + 1e-8), w, m, v), m, v), None

        step = {"SGD": sgd, "Adam": adam}[method]
        run = jax.jit(lambda state: lax.scan(step, state, None, length=100)[0])
        zeros = jax.tree.map(jnp.zeros_like, weights)
        state = [(weights, zeros, zeros)]

        def work():
            state[0] = run(state[0])
            finish(state[0])
            return 100

        return work

    return opener


def extreme_eigenvalues(dtype, variant):
    """40 steps of Lanczos, each vector re-orthogonalised twice against all before, in one program; the small matrix by LAPACK."""

    def opener():
        weights, loss = perceptron(dtype, "scan" in variant)
        flat, unflatten = jax.flatten_util.ravel_pytree(weights)
        grad = jax.grad(lambda p: loss(unflatten(p)))

        def ends(point, start):
            if "linearize" in variant:
                _, multiply = jax.linearize(grad, point)
            else:
                multiply = lambda v: jax.jvp(grad, (point,), (v,))[1]

            def step(carry, j):
                basis, v = carry
                basis = basis.at[j].set(v)
                w = multiply(v)
                alpha = v @ w
                for _ in range(2):
                    w = w - basis.T @ (basis @ w)
                beta = jnp.linalg.norm(w)
                return (basis, w / beta), (alpha, beta)

            empty = jnp.zeros((40, point.size), dtype)
            _, (alpha, beta) = lax.scan(step, (empty, start / jnp.linalg.norm(start)), jnp.arange(40))
            small = jnp.diag(alpha) + jnp.diag(beta[:-1], 1) + jnp.diag(beta[:-1], -1)
            values = jnp.linalg.eigvalsh(small)
            return values[0], values[-1]

        run = jax.jit(ends)
        start = jax.random.normal(jax.random.key(3), flat.shape, dtype)

        def work():
            finish(run(flat, start))
            return 1

        return work

    return opener


def convolution_gradient(dtype, layout):
    """Eight circular 3 x 3 convolutions to 16 channels with ReLU on 16 pictures of 3 x 16 x 16, ten classes."""

    def opener():
        keys = jax.random.split(jax.random.key(1), 11)
        channels = [3] + [16] * 8
        weights = [
            jax.random.normal(k, (16, c, 3, 3), dtype) * jnp.asarray((2 / (9 * c)) ** 0.5, dtype)
            for k, c in zip(keys[:8], channels)
        ]
        last = jax.random.normal(keys[8], (10, 16 * 256), dtype) * jnp.asarray((2 / 4096) ** 0.5, dtype)
        x = jax.random.normal(keys[9], (16, 3, 16, 16), dtype)
        labels = jax.random.randint(keys[10], (16,), 0, 10)
        if layout == "NHWC":
            weights = [w.transpose(2, 3, 1, 0) for w in weights]
            x = x.transpose(0, 2, 3, 1)
        pads = ((0, 0), (0, 0), (1, 1), (1, 1)) if layout == "NCHW" else ((0, 0), (1, 1), (1, 1), (0, 0))
        dimensions = ("NCHW", "OIHW", "NCHW") if layout == "NCHW" else ("NHWC", "HWIO", "NHWC")

        def loss(parameters):
            weights, last = parameters
            h = x
            for w in weights:
                h = jnp.pad(h, pads, mode="wrap")
                h = jax.nn.relu(lax.conv_general_dilated(h, w, (1, 1), "VALID", dimension_numbers=dimensions))
            return cross_entropy(h.reshape(16, -1) @ last.T, labels)

        run = jax.jit(jax.grad(loss))

        def work():
            finish(run((weights, last)))
            return 1

        return work

    return opener


def residual_gradient(dtype, scanned):
    """16 blocks h + V relu(W n(h)) of width 64 with batch normalisation n on 64 examples, ten classes."""

    def opener():
        keys = jax.random.split(jax.random.key(1), 5)
        scale = jnp.asarray((2 / 64) ** 0.5, dtype)
        blocks = jax.random.normal(keys[0], (16, 2, 64, 64), dtype) * scale
        last = jax.random.normal(keys[1], (10, 64), dtype) * scale
        x = jax.random.normal(keys[2], (64, 64), dtype)
        labels = jax.random.randint(keys[3], (64,), 0, 10)

        def block(h, pair):
            centred = h - jnp.mean(h, 0)
            normal = centred / jnp.sqrt(jnp.mean(centred * centred, 0) + 1e-5)
            return h + jax.nn.relu(normal @ pair[0].T) @ pair[1].T, None

        def loss(parameters):
            blocks, last = parameters
            h = x
            if scanned:
                h, _ = lax.scan(block, h, blocks)
            else:
                for layer in range(16):
                    h, _ = block(h, blocks[layer])
            return cross_entropy(h @ last.T, labels)

        run = jax.jit(jax.grad(loss))

        def work():
            finish(run((blocks, last)))
            return 1

        return work

    return opener


def chains(depth, method, dtype, count):
    """`count` trajectories at once until 4096 are done, 500 steps in one program; products along the layers as scans."""

    def opener():
        w0 = jax.random.uniform(jax.random.key(1), (4096 // count, depth, count), dtype, -(3**0.5), 3**0.5)

        def gradient(w):
            after, prefix = lax.scan(lambda p, row: (p * row, p), jnp.ones(count, dtype), w)
            residual = after - 1
            _, g = lax.scan(lambda s, both: (s * both[0], s * both[1]), residual, (w, prefix), reverse=True)
            return g

        def sgd(state, _):
            w, m, v = state
            return (w - 1e-3 * gradient(w), m, v), None

        def adam(state, _):
            w, m, v = state
            g = gradient(w)
            m = 0.9 * m + 0.1 * g
            v = 0.999 * v + 0.001 * g * g
            return (w - 1e-3 * m / (jnp.sqrt(v) + 1e-8), m, v), None

        step = {"SGD": sgd, "Adam": adam}[method]

        def block(w):
            zero = jnp.zeros_like(w)
            return lax.scan(step, (w, zero, zero), None, length=500)[0][0]

        run = jax.jit(lambda w: lax.map(block, w))

        def work():
            run(w0).block_until_ready()
            return 500 * 4096

        return work

    return opener


def eigenvalues(n):
    def opener():
        a = jax.random.normal(jax.random.key(1), (n, n), jnp.float64)
        run = jax.jit(jnp.linalg.eigvalsh)
        symmetric = a + a.T

        def work():
            run(symmetric).block_until_ready()
            return 1

        return work

    return opener


WORKLOADS = {}
for name, dtype in FLOAT.items():
    for implementation in ("threefry2x32", "rbg"):
        for width, depth in ((32, 128), (128, 64), (512, 64)):
            WORKLOADS[(f"signal d={width} L={depth} {name}", f"vmap, {implementation}")] = signal(
                width, depth, dtype, implementation
            )
        WORKLOADS[(f"normals {name}", implementation)] = normals(dtype, implementation)
    for stacked in (False, True):
        WORKLOADS[(f"gradient {name}", "scan" if stacked else "unrolled")] = gradient(dtype, stacked)
    for variant in ("linearize, 20 in a loop, point kept", "vmap, 20 vectors", "jvp, 20 in a loop"):
        WORKLOADS[(f"hessian-vector {name}", variant)] = hessian_vector(dtype, variant)
    for variant in ("linearize, unrolled", "linearize, scan over layers", "jvp, unrolled"):
        WORKLOADS[(f"extreme eigenvalues {name}", variant)] = extreme_eigenvalues(dtype, variant)
    for layout in ("NCHW", "NHWC"):
        WORKLOADS[(f"convolution gradient {name}", layout)] = convolution_gradient(dtype, layout)
    for scanned in (False, True):
        variant = "scan over blocks" if scanned else "unrolled"
        WORKLOADS[(f"residual gradient {name}", variant)] = residual_gradient(dtype, scanned)
    for method in ("SGD", "Adam"):
        for scanned in (False, True):
            variant = "scan over layers" if scanned else "unrolled"
            WORKLOADS[(f"training {method} {name}", variant)] = training(method, dtype, scanned)
            WORKLOADS[(f"digits {method} {name}", variant)] = digits(method, dtype, scanned)
        for depth in (16, 64):
            for count in (128, 512, 1024, 4096):
                WORKLOADS[(f"chains {method} L={depth} {name}", f"scan, {count} at once")] = chains(depth, method, dtype, count)
for n in (256, 512):
    WORKLOADS[(f"eigenvalues n={n}", "jax")] = eigenvalues(n)

if __name__ == "__main__":
    peer.main({"jax": jax.__version__, "jaxlib": jax.lib.__version__}, WORKLOADS)
