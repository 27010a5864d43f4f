"""The adding problem (1997 form) and temporal order in PyTorch: same network, optimizer, initialization and distribution of sequences as the C#.

    python3 pytorch/tasks.py adding --steps 100 --seeds 10
    python3 pytorch/tasks.py temporal-order --symbols 2 --seeds 10

Needs torch (1.13 or later) and nothing else. The random numbers are PyTorch's, so a seed gives other sequences than in C#.
"""

import argparse
import math
import statistics
import time

import torch

UNITS = 8
RECENT = 2000
TESTED = 2560
ALLOWED_WRONG = 13


def draw_adding(generator, steps, count):
    """x (T, N, 2) and X1 + X2 (N)."""
    length = int(torch.randint(steps, steps + steps // 10 + 1, (1,), generator=generator))
    rows = torch.arange(count)
    x = torch.zeros(length, count, 2)
    x[:, :, 0] = 2 * torch.rand(length, count, generator=generator) - 1
    x[0, :, 1] = x[-1, :, 1] = -1
    first = torch.randint(0, min(10, steps // 2), (count,), generator=generator)
    second = torch.randint(0, steps // 2 - 1, (count,), generator=generator)
    second = second + (second >= first).long()
    x[first, rows, 1] = 1
    x[second, rows, 1] = 1
    x[0, :, 0] = torch.where(x[0, :, 1] > 0, torch.zeros(count), x[0, :, 0])
    return x, x[first, rows, 0] + x[second, rows, 0]


def draw_temporal_order(generator, symbols, count):
    """x (T, N, 8), one-hot: a b c d X Y E B; and classes (N)."""
    length = int(torch.randint(100, 111, (1,), generator=generator))
    rows = torch.arange(count)
    code = torch.randint(0, 4, (length, count), generator=generator)
    code[0], code[-1] = 6, 7
    order = torch.zeros(count, dtype=torch.long)
    for place in ([10, 50], [10, 33, 66])[symbols - 2]:
        symbol = torch.randint(0, 2, (count,), generator=generator)
        code[torch.randint(place, place + 11, (count,), generator=generator), rows] = 4 + symbol
        order = 2 * order + symbol
    return torch.nn.functional.one_hot(code, 8).float(), order


class Network(torch.nn.Module):
    """An LSTM and an affine readout of its last step. PyTorch's gates are i, f, g, o; bias_hh stays 0 and is not trained."""

    def __init__(self, inputs, outputs, span):
        super().__init__()
        self.lstm = torch.nn.LSTM(inputs, UNITS)
        self.readout = torch.nn.Linear(UNITS, outputs)
        bound = 1 / math.sqrt(UNITS)
        for parameter in self.parameters():
            torch.nn.init.uniform_(parameter, -bound, bound)
        log = torch.log(1 + (span - 2) * torch.rand(UNITS))
        with torch.no_grad():
            self.lstm.bias_ih_l0[:UNITS] = -log
            self.lstm.bias_ih_l0[UNITS:2 * UNITS] = log
            self.lstm.bias_hh_l0.zero_()
        self.lstm.bias_hh_l0.requires_grad_(False)

    def forward(self, x):
        return self.readout(self.lstm(x)[0][-1])


def judge_adding(y, target):
    """Loss (mean over sequences) and the errors, in the unit of the paper."""
    difference = y[:, 0] - target
    return 0.5 * (difference ** 2).mean(), difference.detach().abs() / 4


def judge_classes(y, target):
    """Loss and the largest error of a probability."""
    probabilities = torch.softmax(y.detach(), 1)
    one_hot = torch.nn.functional.one_hot(target, y.shape[1])
    return torch.nn.functional.cross_entropy(y, target), (probabilities - one_hot).abs().max(1).values


def trial(seed, task, limit):
    """Trains one seed: (learned, sequences, wrong test sequences, seconds)."""
    start = time.perf_counter()
    torch.manual_seed(seed)
    training = torch.Generator().manual_seed(2 * seed)
    net = Network(task["inputs"], task["outputs"], task["span"])
    weights = [p for p in net.parameters() if p.requires_grad]
    adam = torch.optim.Adam(weights, lr=task["rate"])
    errors, since_wrong, sequences, learned = [], 0, 0, False
    while not learned and sequences + task["batch"] <= limit:
        x, target = task["draw"](training, task["batch"])
        adam.zero_grad()
        loss, wrong_by = task["judge"](net(x), target)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        adam.step()
        group = adam.param_groups[0]
        group["lr"] = max(group["lr"] * task["decay"], task["rate"] * 0.02)
        sequences += task["batch"]
        for error in wrong_by.tolist():
            since_wrong = since_wrong + 1 if error < task["tolerance"] else 0
            errors.append(error)
        errors = errors[-RECENT:]
        learned = since_wrong >= RECENT and sum(errors) / RECENT < task["mean_error"]
    test = torch.Generator().manual_seed(2 * seed + 1)
    wrong = 0
    with torch.no_grad():
        for _ in range(TESTED // 16):
            x, target = task["draw"](test, 16)
            wrong += int((task["judge"](net(x), target)[1] >= task["tolerance"]).sum())
    return learned and wrong <= ALLOWED_WRONG, sequences, wrong, time.perf_counter() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=["adding", "temporal-order"])
    parser.add_argument("--steps", type=int, default=100)
    parser.add_argument("--symbols", type=int, default=2, choices=[2, 3])
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--rate", type=float)
    parser.add_argument("--decay", type=float)
    parser.add_argument("--batch", type=int)
    a = parser.parse_args()
    torch.set_num_threads(1)
    if a.task == "adding":
        name, limit = f"adding T = {a.steps:,}", 74_000 if a.steps <= 100 else 209_000 if a.steps <= 500 else 853_000
        task = dict(inputs=2, outputs=1, span=a.steps, batch=16, rate=0.02, decay=0.999, tolerance=0.04, mean_error=0.01,
                    draw=lambda g, n: draw_adding(g, a.steps, n), judge=judge_adding)
    else:
        name, limit = f"temporal order, {a.symbols} symbols", 31_390 if a.symbols == 2 else 571_100
        task = dict(inputs=8, outputs=2 ** a.symbols, span=110, batch=8, rate=0.01, decay=0.9997, tolerance=0.3, mean_error=0.1,
                    draw=lambda g, n: draw_temporal_order(g, a.symbols, n), judge=judge_classes)
    task.update({key: value for key, value in (("rate", a.rate), ("decay", a.decay), ("batch", a.batch)) if value})
    solved = []
    for seed in range(a.first_seed, a.first_seed + a.seeds):
        success, sequences, wrong, seconds = trial(seed, task, a.limit or limit)
        print(f"seed {seed:3}  {sequences:9,} sequences  {wrong:5,} of {TESTED:,} wrong  {seconds:6.1f} s{'' if success else '  failed'}", flush=True)
        if success:
            solved.append(sequences)
    median = f"{statistics.median(solved):,.0f} sequences" if solved else "none"
    print(f"PyTorch {torch.__version__}, {name}: {len(solved)} of {a.seeds} seeds, median {median}")


if __name__ == "__main__":
    main()
