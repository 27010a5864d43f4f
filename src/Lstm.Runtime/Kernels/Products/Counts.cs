#if NET8_0_OR_GREATER
using System.ComponentModel;

namespace Lstm.Kernels;

/// <summary>A small number as a type argument: the JIT compiles a register tile of each size from one text.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ICount
{
    /// <summary>The number.</summary>
    static abstract int Value { get; }
}

/// <summary>0.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Zero : ICount
{
    /// <inheritdoc/>
    public static int Value => 0;
}

/// <summary>1.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct One : ICount
{
    /// <inheritdoc/>
    public static int Value => 1;
}

/// <summary>2.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Two : ICount
{
    /// <inheritdoc/>
    public static int Value => 2;
}

/// <summary>3.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Three : ICount
{
    /// <inheritdoc/>
    public static int Value => 3;
}

/// <summary>4.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Four : ICount
{
    /// <inheritdoc/>
    public static int Value => 4;
}

/// <summary>6.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Six : ICount
{
    /// <inheritdoc/>
    public static int Value => 6;
}

/// <summary>8.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Eight : ICount
{
    /// <inheritdoc/>
    public static int Value => 8;
}

/// <summary>16.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Sixteen : ICount
{
    /// <inheritdoc/>
    public static int Value => 16;
}
#endif
