using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Lstm.Benchmarks;

/// <summary>oneDNN's LSTM behind <c>benchmarks/native/onednn.cpp</c>.</summary>
internal static unsafe class OneDnnCells
{
    private const string Library = "lstm_onednn";
    private static readonly string? Unavailable = NativeBuild.Load(Library, "onednn.cpp", "-fopenmp -ldnnl");

    /// <summary>Compiles the library if need be, which takes oneDNN's headers: Debian's libdnnl-dev.</summary>
    public static bool IsAvailable([NotNullWhen(false)] out string? reason)
    {
        reason = Unavailable;
        return reason is null;
    }

    /// <summary>A cell for sequences of one length and number, from row-major W (4 x d x p), U (4 x d x d) and b (4 x d).</summary>
    [DllImport(Library, EntryPoint = "onednn_create")]
    public static extern nint Create(int input, int hidden, int steps, int sequences, float* w, float* u, float* b);

    [DllImport(Library, EntryPoint = "onednn_destroy")]
    public static extern void Destroy(nint cell);

    [DllImport(Library, EntryPoint = "onednn_train")]
    public static extern void Train(nint cell, float* x, float* dWm);

    [DllImport(Library, EntryPoint = "onednn_gradient")]
    public static extern void Gradient(nint cell, float* w, float* u, float* b);
}
