using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Lstm.Benchmarks;

/// <summary>
/// The hand-written C++ of <c>benchmarks/native</c>. Its steps last tens of nanoseconds, so they are called without
/// leaving the garbage collector's mode, with plain addresses: that is a call instruction and nothing more.
/// </summary>
internal static unsafe class NativeCells
{
    private const string Library = "lstm_cells";
    private static readonly string? Unavailable = NativeBuild.Load(Library, "cells.cpp");

    /// <summary>Compiles the library if need be.</summary>
    public static bool IsAvailable([NotNullWhen(false)] out string? reason)
    {
        reason = Unavailable;
        return reason is null;
    }

    /// <summary>A cell of one of the sizes of <see cref="CellSize.All"/>, from row-major W (4 x d x p), U (4 x d x d) and b (4 x d).</summary>
    [DllImport(Library, EntryPoint = "lstm_create")]
    public static extern nint Create(int input, int hidden, float* w, float* u, float* b);

    /// <summary>A cell whose step does nothing.</summary>
    [DllImport(Library, EntryPoint = "lstm_create_empty")]
    public static extern nint CreateEmpty();

    [DllImport(Library, EntryPoint = "lstm_destroy")]
    public static extern void Destroy(nint cell);

    [DllImport(Library, EntryPoint = "lstm_step")]
    [SuppressGCTransition]
    public static extern void Step(nint cell, float* x);

    [DllImport(Library, EntryPoint = "lstm_forward")]
    [SuppressGCTransition]
    public static extern void Forward(nint cell, float* x, int steps, float* wm);

    [DllImport(Library, EntryPoint = "lstm_working_memory")]
    public static extern void WorkingMemory(nint cell, float* wm);

    [DllImport(Library, EntryPoint = "lstm_train")]
    public static extern void Train(nint cell, float* x, float* dWm, int steps, int sequences);

    [DllImport(Library, EntryPoint = "lstm_gradient")]
    public static extern void Gradient(nint cell, float* w, float* u, float* b);
}
