"""The workloads in PyTorch, each as one would write it with care, and the plain script most people would write."""

import math
import os

import peer

peer.one_thread()
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import torch
from torch import nn

torch.set_num_threads(1)

FLOAT = {"float64": torch.float64, "float32": torch.float32}
# One network after another below this many weights a batch: larger batches leave the cache.
BATCH_WEIGHTS = 1 << 20


def propagate(count, width, depth, dtype):
    """Fresh He-normal ReLU networks: ln |gradient of <u, h_L>|^2 by layer, by hand, in batched products, in the log domain."""
    hidden = torch.zeros(count, width, 1, dtype=dtype)
    hidden[:, 0] = 1
    weights, inputs, masks = [], [], []
    log_norms = [torch.zeros(count, dtype=dtype)]
    for _ in range(depth):
        w = torch.randn(count, width, width, dtype=dtype) * math.sqrt(2 / width)
        inputs.append(hidden)
        z = torch.bmm(w, hidden)
        masks.append(z > 0)
        h = z.clamp(min=0)
        square = h.square().sum((1, 2))
        hidden = h / square.sqrt().clamp(min=1e-30)[:, None, None]
        log_norms.append(log_norms[-1] + square.log())
        weights.append(w)
    delta = torch.randn(count, width, 1, dtype=dtype)
    delta /= delta.square().sum((1, 2)).sqrt()[:, None, None]
    log_delta = torch.zeros(count, dtype=dtype)
    gradients = []
    for layer in reversed(range(depth)):
        delta = delta * masks[layer]
        square = delta.square().sum((1, 2))
        delta = delta / square.sqrt().clamp(min=1e-30)[:, None, None]
        log_delta = log_delta + square.log()
        gradients.append(log_delta + log_norms[layer])
        delta = torch.bmm(weights[layer].transpose(1, 2), delta)
    return torch.stack(gradients)


def signal(width, depth, dtype, compiled):
    count = max(1, BATCH_WEIGHTS // (width * width * 16))

    def opener():
        torch.manual_seed(1)
        run = torch.compile(propagate) if compiled else propagate

        def work():
            with torch.no_grad():
                run(count, width, depth, dtype)
            return count

        return work

    return opener


def signal_autograd(width, depth, dtype):
    count = max(1, BATCH_WEIGHTS // (width * width * 16))

    def opener():
        torch.manual_seed(1)

        def work():
            weights = [
                (torch.randn(count, width, width, dtype=dtype) * math.sqrt(2 / width)).requires_grad_() for _ in range(depth)
            ]
            h = torch.zeros(count, width, 1, dtype=dtype)
            h[:, 0] = 1
            for w in weights:
                h = torch.bmm(w, h).relu()
            gradients = torch.autograd.grad(h, weights, torch.randn_like(h))
            torch.stack([g.square().sum((1, 2)).log() for g in gradients])
            return count

        return work

    return opener


def plain_script(width, depth, dtype):
    """nn.Sequential, kaiming_normal_, one network at a time."""

    def opener():
        torch.manual_seed(1)
        x = torch.zeros(1, width, dtype=dtype)
        x[0, 0] = 1

        def work():
            layers = []
            for _ in range(depth):
                linear = nn.Linear(width, width, bias=False, dtype=dtype)
                nn.init.kaiming_normal_(linear.weight, nonlinearity="relu")
                layers += [linear, nn.ReLU()]
            model = nn.Sequential(*layers)
            output = model(x)
            output.backward(torch.randn_like(output))
            [parameter.grad.norm().item() for parameter in model.parameters()]
            return 1

        return work

    return opener


def normals(dtype):
    def opener():
        torch.manual_seed(1)
        out = torch.empty(1 << 18, dtype=dtype)

        def work():
            out.normal_()
            return out.numel()

        return work

    return opener


def tanh_network(dtype):
    """W2: a tanh network of width 32 and depth 16 without biases, squared loss, a batch of 64."""
    torch.manual_seed(1)
    weights = [torch.randn(32, 32, dtype=dtype) * math.sqrt(1 / 32) for _ in range(16)]
    x, y = torch.randn(64, 32, dtype=dtype), torch.randn(64, 32, dtype=dtype)

    def loss(weights):
        h = x
        for w in weights:
            h = torch.tanh(h @ w.T)
        return 0.5 * (h - y).square().sum() / 64

    return weights, loss


def gradient(dtype, compiled):
    def opener():
        weights, loss = tanh_network(dtype)
        grad = torch.func.grad(loss)
        run = torch.compile(grad) if compiled else None

        def eager():
            leaves = [w.detach().requires_grad_() for w in weights]
            torch.autograd.grad(loss(leaves), leaves)
            return 1

        def work():
            run(weights)
            return 1

        return work if compiled else eager

    return opener


def hessian_vector(dtype, variant):
    def opener():
        weights, loss = tanh_network(dtype)
        directions = [torch.randn_like(w) for w in weights]
        if variant == "double backward, graph kept":
            leaves = [w.detach().requires_grad_() for w in weights]
            gradients = torch.autograd.grad(loss(leaves), leaves, create_graph=True)

            def work():
                torch.autograd.grad(gradients, leaves, directions, retain_graph=True)
                return 1

            return work
        many = [torch.randn(16, *w.shape, dtype=dtype) for w in weights]
        if variant == "vmap(vjp), 16 vectors, point kept":
            _, pullback = torch.func.vjp(torch.func.grad(loss), weights)
            batched = torch.func.vmap(lambda v: pullback(v)[0])

            def work():
                batched(many)
                return 16

            return work

        def product(v):
            return torch.func.jvp(torch.func.grad(loss), (weights,), (v,))[1]

        batched = torch.compile(torch.func.vmap(product))

        def work():
            batched(many)
            return 16

        return work

    return opener


def training(method, dtype):
    """W3: a ReLU network of width 32 and depth 32 without biases, squared loss, a batch of 128; steps of an optimiser."""

    def opener():
        torch.manual_seed(1)
        weights = [(torch.randn(32, 32, dtype=dtype) * math.sqrt(2 / 32)).requires_grad_() for _ in range(32)]
        x, y = torch.randn(128, 32, dtype=dtype), torch.randn(128, 32, dtype=dtype)
        kinds = {"SGD": lambda: torch.optim.SGD(weights, lr=1e-6), "Adam": lambda: torch.optim.Adam(weights, lr=1e-6)}
        optimiser = kinds[method]()

        def work():
            optimiser.zero_grad(set_to_none=True)
            h = x
            for w in weights:
                h = (h @ w.T).relu()
            (0.5 * (h - y).square().sum() / 128).backward()
            optimiser.step()
            return 1

        return work

    return opener


def perceptron(dtype):
    """784 pixels, 23 ReLU layers of width 16, ten classes, 64 pictures: its starting weights and its loss."""
    torch.manual_seed(1)
    widths = [784] + [16] * 23 + [10]
    weights = [torch.randn(b, a, dtype=dtype) * math.sqrt(2 / a) for a, b in zip(widths, widths[1:])]
    x, labels = nn.functional.normalize(torch.randn(64, 784, dtype=dtype)), torch.randint(0, 10, (64,))

    def loss(weights):
        h = x
        for w in weights[:-1]:
            h = (h @ w.T).relu()
        return nn.functional.cross_entropy(h @ weights[-1].T, labels)

    return weights, loss


def digits(method, dtype, compiled):
    def opener():
        weights, loss = perceptron(dtype)
        weights = [w.requires_grad_() for w in weights]
        kinds = {"SGD": lambda: torch.optim.SGD(weights, lr=1e-6), "Adam": lambda: torch.optim.Adam(weights, lr=1e-6)}
        optimiser = kinds[method]()
        run = torch.compile(loss) if compiled else loss

        def work():
            optimiser.zero_grad(set_to_none=True)
            run(weights).backward()
            optimiser.step()
            return 1

        return work

    return opener


def extreme_eigenvalues(dtype, variant):
    """40 steps of Lanczos, each vector re-orthogonalised twice against all before; the small matrix by LAPACK."""

    def opener():
        weights, loss = perceptron(dtype)
        sizes, shapes = [w.numel() for w in weights], [w.shape for w in weights]
        total = sum(sizes)

        def unflatten(v):
            return [part.view(shape) for part, shape in zip(v.split(sizes), shapes)]

        def flatten(parts):
            return torch.cat([part.reshape(-1) for part in parts])

        def multiplier():
            if variant == "double backward, graph kept":
                leaves = [w.detach().requires_grad_() for w in weights]
                gradients = torch.autograd.grad(loss(leaves), leaves, create_graph=True)
                return lambda v: flatten(torch.autograd.grad(gradients, leaves, unflatten(v), retain_graph=True))
            _, pullback = torch.func.vjp(torch.func.grad(loss), weights)
            return lambda v: flatten(pullback(unflatten(v))[0])

        start = torch.randn(total, dtype=dtype)

        def work():
            multiply = multiplier()
            basis = torch.zeros(40, total, dtype=dtype)
            small = torch.zeros(40, 40, dtype=dtype)
            v = start / start.norm()
            for j in range(40):
                basis[j] = v
                w = multiply(v)
                small[j, j] = v @ w
                for _ in range(2):
                    w = w - basis[: j + 1].T @ (basis[: j + 1] @ w)
                beta = w.norm()
                if j < 39:
                    small[j, j + 1] = small[j + 1, j] = beta
                v = w / beta
            values = torch.linalg.eigvalsh(small)
            values[0].item(), values[-1].item()
            return 1

        return work

    return opener


def convolution_gradient(dtype, last_channels, compiled):
    """Eight circular 3 x 3 convolutions to 16 channels with ReLU on 16 pictures of 3 x 16 x 16, ten classes."""

    def opener():
        torch.manual_seed(1)
        channels = [3] + [16] * 8
        weights = [torch.randn(16, c, 3, 3, dtype=dtype) * math.sqrt(2 / (9 * c)) for c in channels[:8]]
        last = (torch.randn(10, 4096, dtype=dtype) * math.sqrt(2 / 4096)).requires_grad_()
        x, labels = torch.randn(16, 3, 16, 16, dtype=dtype), torch.randint(0, 10, (16,))
        if last_channels:
            weights, x = [w.to(memory_format=torch.channels_last) for w in weights], x.to(memory_format=torch.channels_last)
        leaves = [w.requires_grad_() for w in weights] + [last]

        def loss(leaves):
            h = x
            for w in leaves[:-1]:
                h = nn.functional.conv2d(nn.functional.pad(h, (1, 1, 1, 1), mode="circular"), w).relu()
            return nn.functional.cross_entropy(h.flatten(1) @ leaves[-1].T, labels)

        run = torch.compile(loss) if compiled else loss

        def work():
            torch.autograd.grad(run(leaves), leaves)
            return 1

        return work

    return opener


def residual_gradient(dtype, compiled):
    """16 blocks h + V relu(W n(h)) of width 64 with batch normalisation n on 64 examples, ten classes."""

    def opener():
        torch.manual_seed(1)
        leaves = [(torch.randn(64, 64, dtype=dtype) * math.sqrt(2 / 64)).requires_grad_() for _ in range(32)]
        leaves.append((torch.randn(10, 64, dtype=dtype) * math.sqrt(2 / 64)).requires_grad_())
        x, labels = torch.randn(64, 64, dtype=dtype), torch.randint(0, 10, (64,))

        def loss(leaves):
            h = x
            for w, v in zip(leaves[0:32:2], leaves[1:32:2]):
                h = h + (nn.functional.batch_norm(h, None, None, training=True, eps=1e-5) @ w.T).relu() @ v.T
            return nn.functional.cross_entropy(h @ leaves[-1].T, labels)

        run = torch.compile(loss) if compiled else loss

        def work():
            torch.autograd.grad(run(leaves), leaves)
            return 1

        return work

    return opener


def chains(depth, method, dtype, compiled):
    """Width-1 linear networks, 4096 at once: gradient by prefix and suffix products, 4 steps a call."""

    def opener():
        torch.manual_seed(1)
        count = 4096
        state = [torch.empty(depth, count, dtype=dtype).uniform_(-math.sqrt(3), math.sqrt(3))]
        moments = [torch.zeros(depth, count, dtype=dtype), torch.zeros(depth, count, dtype=dtype)]

        def gradient(w):
            ones = torch.ones(1, count, dtype=dtype)
            prefix = torch.cat([ones, torch.cumprod(w, 0)])
            suffix = torch.cat([torch.cumprod(w.flip(0), 0).flip(0), ones])
            return (prefix[-1] - 1) * prefix[:-1] * suffix[1:]

        def sgd(w):
            for _ in range(4):
                w = w - 1e-3 * gradient(w)
            return w

        def adam(w, m, v):
            for _ in range(4):
                g = gradient(w)
                m = 0.9 * m + 0.1 * g
                v = 0.999 * v + 0.001 * g * g
                w = w - 1e-3 * m / (v.sqrt() + 1e-8)
            return w, m, v

        run = {"SGD": sgd, "Adam": adam}[method]
        run = torch.compile(run) if compiled else run

        def work():
            if method == "SGD":
                state[0] = run(state[0])
            else:
                state[0], moments[0], moments[1] = run(state[0], *moments)
            return 4 * count

        return work

    return opener


def eigenvalues(n):
    def opener():
        torch.manual_seed(1)
        a = torch.randn(n, n, dtype=torch.float64)
        symmetric = a + a.T

        def work():
            torch.linalg.eigvalsh(symmetric)
            return 1

        return work

    return opener


WORKLOADS = {}
for name, dtype in FLOAT.items():
    for width, depth in ((32, 128), (128, 64), (512, 64)):
        workload = f"signal d={width} L={depth} {name}"
        WORKLOADS[(workload, "eager, batched")] = signal(width, depth, dtype, False)
        WORKLOADS[(workload, "autograd, batched")] = signal_autograd(width, depth, dtype)
        WORKLOADS[(workload, "compiled, batched")] = signal(width, depth, dtype, True)
    WORKLOADS[(f"plain script d=16 L=64 {name}", "nn.Sequential")] = plain_script(16, 64, dtype)
    WORKLOADS[(f"normals {name}", "normal_")] = normals(dtype)
    WORKLOADS[(f"gradient {name}", "eager")] = gradient(dtype, False)
    WORKLOADS[(f"gradient {name}", "compiled")] = gradient(dtype, True)
    for variant in ("double backward, graph kept", "vmap(vjp), 16 vectors, point kept", "compiled vmap(jvp), 16 vectors"):
        WORKLOADS[(f"hessian-vector {name}", variant)] = hessian_vector(dtype, variant)
    for variant in ("double backward, graph kept", "vjp, point kept"):
        WORKLOADS[(f"extreme eigenvalues {name}", variant)] = extreme_eigenvalues(dtype, variant)
    for compiled in (False, True):
        kind = "compiled" if compiled else "eager"
        WORKLOADS[(f"convolution gradient {name}", kind)] = convolution_gradient(dtype, False, compiled)
        WORKLOADS[(f"convolution gradient {name}", f"{kind}, channels last")] = convolution_gradient(dtype, True, compiled)
        WORKLOADS[(f"residual gradient {name}", kind)] = residual_gradient(dtype, compiled)
        for method in ("SGD", "Adam"):
            WORKLOADS[(f"digits {method} {name}", kind)] = digits(method, dtype, compiled)
    for method in ("SGD", "Adam"):
        WORKLOADS[(f"training {method} {name}", "eager")] = training(method, dtype)
        for depth in (16, 64):
            workload = f"chains {method} L={depth} {name}"
            WORKLOADS[(workload, "eager")] = chains(depth, method, dtype, False)
            WORKLOADS[(workload, "compiled")] = chains(depth, method, dtype, True)
for n in (256, 512):
    WORKLOADS[(f"eigenvalues n={n}", "torch")] = eigenvalues(n)

if __name__ == "__main__":
    capability = torch.backends.cpu.get_cpu_capability()
    peer.main({"torch": torch.__version__, "torch cpu": capability}, WORKLOADS)
