namespace Lstm.Integration.Tests.Recurrent;

/// <summary>Which of two structures of the same shape is meant.</summary>
public enum Part
{
    /// <summary>Weights, and the state.</summary>
    Value,

    /// <summary>dL/d(weights), and dL/d(state).</summary>
    Gradient,
}

/// <summary>The letter under which a tensor of parameters is found.</summary>
public enum Letter
{
    W,
    U,
    B,
    V,
    C,
}

/// <summary>One tensor of parameters: its name and its shape.</summary>
public readonly record struct Tensor(Letter Letter, int Layer, Gate Gate, int Rows, int Columns);
