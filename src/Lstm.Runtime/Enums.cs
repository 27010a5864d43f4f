namespace Lstm;

/// <summary>The four gates of an LSTM cell, in the order in which every generated type packs them.</summary>
public enum Gate
{
    /// <summary><c>rem</c>, usually the forget gate f: <c>rem_t = sigma(W_r x_t + U_r wm_{t-1} + b_r)</c>  (1).</summary>
    Remember,

    /// <summary><c>save</c>, usually the input gate i: <c>save_t = sigma(W_s x_t + U_s wm_{t-1} + b_s)</c>  (3).</summary>
    Save,

    /// <summary><c>focus</c>, usually the output gate o: <c>focus_t = sigma(W_f x_t + U_f wm_{t-1} + b_f)</c>  (5).</summary>
    Focus,

    /// <summary>
    /// <c>cand</c>, ltm' in the equations, usually the cell candidate g: <c>ltm'_t = tanh(W_l x_t + U_l wm_{t-1} + b_l)</c>  (2).
    /// </summary>
    Candidate,
}

/// <summary>How the generated code rounds <c>a * b + c</c>.</summary>
public enum Arithmetic
{
    /// <summary>
    /// One rounding, by the hardware's fused multiply-add: the fastest, and the same bits on every machine that has one.
    /// Without one the code multiplies and adds, with two roundings.
    /// </summary>
    Fused,

    /// <summary>Only + - * /, each rounded: the same bits on every IEEE 754 machine, with or without fused multiply-add.</summary>
    Portable,
}

/// <summary>How exact <c>tanh</c> and <c>sigma</c> are.</summary>
public enum Accuracy
{
    /// <summary>
    /// The shortest latency: tanh within 6 ulp and 3e-7 (3.5e-7 with <see cref="Arithmetic.Portable"/>), sigma within 2e-7 absolute.
    /// </summary>
    Standard,

    /// <summary>
    /// Both within 2 ulp over all floats, the far negative tail of sigma included; derivatives come from the same
    /// exponential, so that a gate at 1 - 1e-9 keeps its derivative.
    /// </summary>
    Strict,
}

/// <summary>How far the generated code is written out.</summary>
public enum Unrolling
{
    /// <summary>The cost model decides: small cells are unrolled, larger ones become register-tiled loops.</summary>
    Auto,

    /// <summary>
    /// The assertion that the code is unrolled at every vector width: as <see cref="Auto"/>, but a declaration that would
    /// be looped at one of them is refused (LSTM008). At 128 bits that takes cells of about 12 units.
    /// </summary>
    Full,

    /// <summary>Loops throughout: the smallest code.</summary>
    None,
}

/// <summary>The type of every number in a generated type and its spans.</summary>
public enum Scalar
{
    /// <summary><see cref="float"/>.</summary>
    Single,

    /// <summary><see cref="double"/>: twice the bytes, half the numbers in a vector.</summary>
    Double,
}

/// <summary>The form of a deep chain's layers.</summary>
public enum ChainKind
{
    /// <summary>Each layer but the last is a diagonal matrix: N weights.</summary>
    Diagonal,

    /// <summary>Each layer but the last is a full N x N matrix, row-major.</summary>
    Dense,
}
