"""Cycles of one step by llvm-mca, from disassembly; how and why: docs/measurements/512-bit-simulations.md.

Follows one call of a kernel through its loops, executing the integer instructions, so that llvm-mca gets a straight line. It knows
no dependency through memory: each load of what a store of this step or the last one left gets a register of that store as its address.

    python3 steps.py DIRECTORY [SIZE...]      DIRECTORY holds generated512.txt, generated256.txt, native512.txt, native256.txt (objdump -d -M intel)
"""
import re, subprocess, sys

SIZE = {"ZMMWORD": 64, "YMMWORD": 32, "XMMWORD": 16, "QWORD": 8, "DWORD": 4}

M = (1 << 64) - 1
R64 = ["rax","rcx","rdx","rbx","rsp","rbp","rsi","rdi"] + ["r%d" % i for i in range(8, 16)]
NAMES = {}
for r in R64[:8]: NAMES[r] = (r, 64); NAMES["e" + r[1:]] = (r, 32)
for a, r in (("al","rax"),("cl","rcx"),("dl","rdx"),("bl","rbx"),("sil","rsi"),("dil","rdi"),("bpl","rbp")): NAMES[a] = (r, 8)
for r in R64[8:]: NAMES[r] = (r, 64); NAMES[r + "d"] = (r, 32); NAMES[r + "b"] = (r, 8)
VEC = re.compile(r"\b[xyz]mm\d+\b|\bk[0-7]\b")

def llvm(text):
    if "BCST" in text:
        lanes = 16 if "zmm" in text else 8 if "ymm" in text else 4
        text = re.sub(r"DWORD BCST (\[[^\]]*\])", r"DWORD PTR \1{1to%d}" % lanes, text)
    text = re.sub(r"^(j\w+)\s.*", r"\1 .Lend", text)
    return text

def code_of(path, symbol):
    out, on, start = [], False, None
    for line in open(path):
        if re.match(r"^[0-9a-f]+ <.*>:$", line.rstrip()):
            found = re.search(symbol, line)
            on = found or re.search(r"__Cell\d+__", line)
            if found and start is None: start = len(out)
            continue
        m = re.match(r"^\s*([0-9a-f]+):\t(.*)$", line.rstrip())
        if on and m:
            t = re.sub(r"<.*", "", m.group(2).split("#")[0]).strip()
            if t: out.append((int(m.group(1), 16), t))
    return out, start

def run(code_start, regs, memory):
    """Executes what is not vectors; returns (text, address, size, is_store) of each instruction passed."""
    code, i = code_start
    calls = []
    at = {a: n for n, (a, _) in enumerate(code)}
    R = dict.fromkeys(R64, 0); R.update(regs); R["rsp"] = 0x7ffff000
    flags = (0, 0)
    trace = []
    def address(op, here):
        if "fs:" in op: return 0x6000000
        m = re.search(r"\[(.*)\]", op); total = 0
        for sign, term in re.findall(r"([+-]?)([^+-]+)", m.group(1)):
            if "*" in term:
                r, s = term.split("*"); v = R[r] * int(s)
            elif term == "rip": v = here
            elif term in R: v = R[term]
            else: v = int(term, 16)
            total += -v if sign == "-" else v
        return total & M
    def get(op, here):
        if "[" in op or "fs:" in op:
            size = re.match(r"(\w+) PTR", op); n = {"BYTE": 8, "DWORD": 32, "QWORD": 64, "WORD": 16}[size.group(1)] if size else 64
            return memory.get(address(op, here), 0x5000000000) & ((1 << n) - 1)
        if op in NAMES:
            r, n = NAMES[op]; return R[r] & ((1 << n) - 1)
        return int(op, 16)
    def put(op, v, here):
        if "[" in op: memory[address(op, here)] = v & M
        else:
            r, n = NAMES[op]
            R[r] = (R[r] & ~0xff) | (v & 0xff) if n == 8 else v & ((1 << n) - 1)
    def signed(v, op):
        n = NAMES[op][1] if op in NAMES else 32 if "DWORD" in op else 64
        v &= (1 << n) - 1
        return v - (1 << n) if v >> (n - 1) else v
    while True:
        a, t = code[i]; nxt = code[i + 1][0] if i + 1 < len(code) else a
        parts = t.split(None, 1); op = parts[0]; args = parts[1].split(",") if len(parts) > 1 else []
        here = nxt
        entry = None
        i += 1
        if op in ("ret", "vzeroupper", "nop", "endbr64") or op.startswith("nop") or op in ("xchg", "data16", "cs"):
            if op == "ret":
                R["rsp"] += 8
                if not calls: return trace
                i = calls.pop()
            continue
        if op == "call":
            R["rsp"] -= 8; calls.append(i); i = at[int(args[0].split()[0], 16)]
            continue
        if VEC.search(t):
            m = re.search(r"(\w+) (PTR|BCST) \[[^\]]*\]", t)
            if m:
                ad = address(m.group(0), here)
                size = 4 if m.group(2) == "BCST" else SIZE[m.group(1)]
                trace.append((t, ad, size, "[" in args[0]))
            else: trace.append((t, None, 0, False))
            continue
        trace.append((t, None, 0, False))
        cond = lambda c: {"e": flags[0] == flags[1], "ne": flags[0] != flags[1], "l": flags[0] < flags[1], "ge": flags[0] >= flags[1],
                          "le": flags[0] <= flags[1], "g": flags[0] > flags[1], "b": (flags[0] & M) < (flags[1] & M), "ae": (flags[0] & M) >= (flags[1] & M), "a": (flags[0] & M) > (flags[1] & M), "be": (flags[0] & M) <= (flags[1] & M),
                          "s": flags[0] - flags[1] < 0, "ns": flags[0] - flags[1] >= 0}[c]
        if op == "push": R["rsp"] -= 8; memory[R["rsp"]] = get(args[0], here); trace.pop()
        elif op == "pop": put(args[0], memory.get(R["rsp"], 0), here); R["rsp"] += 8; trace.pop()
        elif op == "leave": R["rsp"] = R["rbp"]; R["rbp"] = memory.get(R["rsp"], 0); R["rsp"] += 8; trace.pop()
        elif op in ("mov", "movabs", "movzx"): put(args[0], get(args[1], here), here)
        elif op in ("movsxd", "movsx"): put(args[0], signed(get(args[1], here), args[1]), here)
        elif op == "cdqe": R["rax"] = signed(R["rax"], "eax") & M
        elif op == "lea": put(args[0], address(args[1], here), here)
        elif op in ("add", "sub", "and", "or", "xor", "imul", "shl", "sal", "sar", "shr"):
            x = args[0]; two = args if len(args) == 2 else args[1:]
            if op in ("shl", "sal", "sar", "shr") and len(args) == 1: two = [x, "1"]
            p, q = signed(get(two[0], here), x), signed(get(two[1], here), x)
            v = {"add": p + q, "sub": p - q, "and": p & q, "or": p | q, "xor": p ^ q, "imul": p * q, "shl": p << (q & 63), "sal": p << (q & 63), "sar": p >> (q & 63), "shr": (p & M) >> (q & 63)}[op]
            put(x, v, here); flags = (signed(v, x), 0) if op != "sub" else (p, q)
        elif op in ("inc", "dec", "neg", "not"):
            v = signed(get(args[0], here), args[0]); v = {"inc": v + 1, "dec": v - 1, "neg": -v, "not": ~v}[op]; put(args[0], v, here); flags = (v, 0)
        elif op == "cmp": flags = (signed(get(args[0], here), args[0]), signed(get(args[1], here), args[0]))
        elif op == "test": flags = (signed(get(args[0], here) & get(args[1], here), args[0]), 0)
        elif op.startswith("set"): put(args[0], int(cond(op[3:])), here)
        elif op.startswith("cmov"):
            if cond(op[4:]): put(args[0], get(args[1], here), here)
        elif op == "jmp": i = at[int(args[0].split()[0], 16)]; trace.pop()
        elif op.startswith("j"):
            if cond(op[1:]): i = at[int(args[0].split()[0], 16)]
        else: raise Exception("cannot execute " + t)
        if len(trace) > 40000: raise Exception("endless")

def connect(trace, moved):
    """moved(address): where a store of this step is read from by the next one."""
    n = len(trace)
    stores = [(k, ad, size) for k, (t, ad, size, st) in enumerate(trace) if st]
    source, last = {}, {}
    for k, (t, ad, size, st) in enumerate(trace):
        if st or ad is None: continue
        hit = [s for s in stores if s[0] < k and s[1] < ad + size and ad < s[1] + s[2]]
        wrap = not hit
        if wrap: hit = [s for s in stores if moved(s[1]) is not None and moved(s[1]) < ad + size and ad < moved(s[1]) + s[2]]
        if hit:
            s = hit[-1][0]; source[k] = s; last[s] = max(last.get(s, 0), k + (n if wrap else 0))
    text = " ".join(t for t, *_ in trace)
    free = [r for r in R64 if r not in ("rsp",) and not any(re.search(r"\b%s\b" % nm, text) for nm, (b, _) in NAMES.items() if b == r)]
    free += ["r%d" % i for i in range(31, 15, -1)]
    # lifetimes on the circle of one iteration
    owner, busy, dropped = {}, {r: [] for r in free}, 0
    for s in sorted(last, key=lambda s: (last[s] < n, last[s] - s)):
        b, e = s, last[s]
        spans = [(b, min(e, n))] + ([(0, e - n)] if e >= n else [])
        r = next((r for r in free if all(x[1] < y[0] or y[1] < x[0] for x in busy[r] for y in spans)), None)
        if r is None: dropped += 1; continue
        busy[r] += spans; owner[s] = r
    out = []
    for k, (t, ad, size, st) in enumerate(trace):
        if k in source and source[k] in owner: t = re.sub(r"\[[^\]]*\]", "[" + owner[source[k]] + "]", t)
        out.append(t)
        if k in owner: out.append("vmovq %s, xmm%s" % (owner[k], re.search(r"[xyz]mm(\d+)\s*$", t).group(1)))
    return apart(out), len(owner), dropped, sum(1 for k in source if source[k] in owner)

def halved(text):
    """512 bits written as 256: what a table says that executes 512 bits in halves comes out as if it had units of the full width."""
    text = re.sub(r"vextractf32x8\s+ymm(\d+),zmm(\d+),", r"vextractf32x4 xmm\1,ymm\2,", text)
    return text.replace("ZMMWORD", "YMMWORD").replace("zmm", "ymm")

OPERAND = re.compile(r"(\w+) (PTR|BCST) (\[[^\]]*\])")
LOAD = re.compile(r"(\{evex\}\s*)?vp?(mov|broadcast)")

def numbers(text): return set(re.findall(r"\b[xyz]mm(\d+)", text))

def written_and_read(text):
    """Vector registers that an instruction overwrites, and those whose value it takes."""
    first, *rest = text.split(",")
    if "[" in first or not VEC.search(first): return set(), numbers(text)
    return numbers(first), numbers(text if "vfmadd" in first or "vfnmadd" in first else ",".join(rest))

def delayed(code):
    """
    Where llvm-mca would let a memory operand wait: it loads no earlier than the producers of the other operands start, as no processor
    does. That costs nothing where those have loaded too, as in a sum of weights times inputs.
    """
    loaded = {}
    for k, text in enumerate(code):
        memory = OPERAND.search(text)
        written, read = written_and_read(text)
        if memory and VEC.search(text) and "[" not in text.split(",")[0] and not LOAD.match(text):
            if not (re.match("vfmadd231|vmul", text) and all(loaded.get(n, True) for n in read)): yield k
        for n in written: loaded[n] = bool(memory)

def apart(code):
    """Gives such an operand a load of its own, into a register that is dead there."""
    places, live = set(delayed(code)), set()
    for turn in range(2):                                   # from the end; the first turn finds what the next iteration reads
        out = []
        for k in range(len(code) - 1, -1, -1):
            text = code[k]
            written, read = written_and_read(text)
            spare = next((n for n in map(str, range(31, -1, -1)) if n not in live | read | written), None)
            if k in places and spare:
                memory = OPERAND.search(text)
                broadcast = memory.group(2) == "BCST"
                width = re.search(r"\b[xyz]mm", text).group(0) if broadcast else {"ZMMWORD": "zmm", "YMMWORD": "ymm"}.get(memory.group(1), "xmm")
                load = "vbroadcastss %s,DWORD PTR %s" % (width + spare, memory.group(3)) if broadcast else "vmovups %s,%s" % (width + spare, memory.group(0))
                out += [text.replace(memory.group(0), width + spare), load]
            else: out.append(text)
            live = (live - written) | read
    return out[::-1]

def mca(code, cpu, iterations):
    """Cycles of an iteration, and those that throughput alone would take. APX gives the registers that stand for stores."""
    if cpu == FULL_WIDTH: code, cpu = map(halved, code), "znver4"
    asm = ".intel_syntax noprefix\n" + "\n".join(map(llvm, code)) + "\n.Lend:\n"
    r = subprocess.run(["llvm-mca-22", "-mcpu=" + cpu, "-mattr=+egpr,+avx512vl", "-iterations=%d" % iterations, "-resource-pressure=0", "-instruction-info=0"],
                       input=asm, capture_output=True, text=True)
    if "Total Cycles" not in r.stdout: raise Exception(r.stderr[:1500])
    return int(re.search(r"Total Cycles:\s+(\d+)", r.stdout).group(1)) / iterations, float(re.search(r"Block RThroughput:\s+([\d.]+)", r.stdout).group(1))

W, X, WM, LTM, NEXT, STATE = 0x10000000, 0x20000000, 0x30000000, 0x40000000, 0x50000000, 0x60000000
def generated(path, name, bytes_of_state=1 << 16):
    t = run(code_of(path, r"_%s_g_F[0-9A-F]+__Cell\d+__Run(?!Many)" % name), dict(rdi=W, rsi=X, rdx=0, rcx=1, r8=STATE, r9=0), {})
    return connect(t, lambda a: a if STATE <= a < STATE + bytes_of_state else None)
def native(path, size):
    t = run(code_of(path, "<step_%s>" % size.replace("x", "_")), dict(rdi=W, rsi=X, rdx=WM, rcx=LTM, r8=NEXT, r9=0), {})
    return connect(t, lambda a: a - NEXT + WM if NEXT <= a < NEXT + 65536 else a if LTM <= a < LTM + 65536 else None)

FULL_WIDTH = "znver4-full-width"
CPUS = {512: ["znver4", FULL_WIDTH, "skylake-avx512", "icelake-server"], 256: ["znver4", "skylake-avx512", "icelake-server", "znver3"]}
NAMED = {"Std": "fused", "Strict": "strict", "Portable": "portable"}
if __name__ == "__main__":
    folder = sys.argv[1]
    for size in sys.argv[2:] or ["1x8", "1x12", "1x16", "1x20", "4x16", "1x32", "1x40", "1x64", "16x64"]:
        for bits in (512, 256):
            kernels = [("C++", native(f"{folder}/native{bits}.txt", size))] + [
                (name, generated(f"{folder}/generated{bits}.txt", prefix + size)) for prefix, name in NAMED.items()]
            for name, (code, _, dropped, linked) in kernels:
                cells = [mca(code, cpu, max(20, min(200, 40000 // len(code)))) for cpu in CPUS[bits]]
                print(f"{size:5} {bits} {name:8} {len(code):5} instructions, {linked:3} loads linked, {dropped:2} stores not  "
                      + "  ".join(f"{cpu} {cycles:6.1f} ({least:6.1f})" for cpu, (cycles, least) in zip(CPUS[bits], cells)), flush=True)
