using Lstm.Generators.Model;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>How a kernel names the runtime's types and methods at one vector width.</summary>
internal sealed class LaneNames
{
    private readonly bool isMain;

    private LaneNames(KernelPlan kernel, int lanes, bool isMain)
    {
        this.isMain = isMain;
        Number = NumberNames.Of(kernel.Scalar);
        Lanes = lanes;
        Bits = lanes == 1 ? "Scalar" : $"{kernel.Scalar.Bits(lanes)}";
        Operations = $"{kernel.Arithmetic}{Number.Title}{Bits}";
        Equations = $"{kernel.Arithmetic}{kernel.Activations.Equations}{Bits}";
        Vector = lanes == 1 ? Number.Type : $"Vector{Bits}<{Number.Type}>";
    }

    /// <summary>The type of the numbers.</summary>
    public NumberNames Number { get; }

    /// <summary>Numbers in a vector.</summary>
    public int Lanes { get; }

    /// <summary>512, 256 or 128; <c>Scalar</c> for one lane.</summary>
    public string Bits { get; }

    /// <summary>The runtime's type of operations, for example <c>FusedFloat256</c>.</summary>
    public string Operations { get; }

    /// <summary>The runtime's type of equations, for example <c>FusedStandardFloat256</c>.</summary>
    public string Equations { get; }

    /// <summary>The type of a vector, for example <c>Vector256&lt;float&gt;</c>.</summary>
    public string Vector { get; }

    /// <summary>The static class whose members work on such vectors.</summary>
    public string VectorClass => $"Vector{Bits}";

    /// <summary>Type arguments of the runtime's kernels over operations.</summary>
    public string OperationArguments => $"{Number.Type}, {Vector}, {Operations}";

    /// <summary>Type arguments of the runtime's kernels over equations.</summary>
    public string EquationArguments => $"{OperationArguments}, {Equations}";

    /// <summary>A vector of zeros.</summary>
    public string Zero => $"{Vector}.Zero";

    /// <summary>A method of the operations: a kernel has those of its own width in scope.</summary>
    public string Operation(string method) => isMain ? method : $"{Operations}.{method}";

    /// <summary>A method of the equations.</summary>
    public string Equation(string method) => isMain ? method : $"{Equations}.{method}";

    /// <summary>The names at a kernel's own width.</summary>
    public static LaneNames Of(KernelPlan kernel, WidthPlan width) => new(kernel, width.Lanes, isMain: true);

    /// <summary>The names of vectors of so many lanes in a kernel, which may be narrower than its own.</summary>
    public static LaneNames Of(KernelPlan kernel, WidthPlan width, int lanes) => new(kernel, lanes, lanes == width.Lanes);

    /// <summary>The names of scalar code.</summary>
    public static LaneNames Scalar(KernelPlan kernel) => new(kernel, 1, isMain: false);
}
