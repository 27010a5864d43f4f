using Lstm.Generators.Model;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>
/// The interfaces for code that is generic over generated types. Public members implement them where they can. The rest is explicit: constants, and
/// references into the struct, which stand without <c>UnscopedRef</c> here because compilers of C# 12 refuse it where an interface is implemented.
/// </summary>
internal static class InterfaceEmitter
{
    /// <summary>The interface of a cell or network, as it stands in the base list; empty if its name is too long for one.</summary>
    public static string BaseOf(TargetType target, KernelPlan kernel)
    {
        if (!target.HasInterfaces)
        {
            return string.Empty;
        }

        string type = target.Type.Name;
        string number = NumberNames.Of(kernel.Scalar).Type;
        return kernel.Backward
            ? $"global::Lstm.ITrainableLstm<{type}, {number}, {type}.State, {type}.Gradient>"
            : $"global::Lstm.ILstm<{type}, {number}, {type}.State>";
    }

    /// <summary>The interface of a gradient, as it stands in the base list.</summary>
    public static string BaseOfGradient(NumberNames number) => $"global::Lstm.IGradient<{number.Type}>";

    /// <summary>The declaration of a state. Its public members implement all of the interface, which the portable platform has too.</summary>
    public static string DeclarationOfState(NumberNames number) => $"public struct State : global::Lstm.IState<{number.Type}>";

    /// <summary>What a cell's public members do not implement.</summary>
    public static void EmitCell(SourceWriter writer, LstmCellPlan plan) =>
        Emit(writer, plan.Target, plan.Kernel, "HiddenSize", "1", $"global::{KernelEmitter.Namespace}.Cell.Tiles");

    /// <summary>What a network's public members do not implement.</summary>
    public static void EmitNetwork(SourceWriter writer, LstmNetworkPlan plan) =>
        Emit(writer, plan.Target, plan.First, "OutputSize", "LayerCount", $"global::{KernelEmitter.Namespace}.Kernel");

    /// <summary>The declaration of a gradient.</summary>
    public static string DeclarationOfGradient(TargetType target, NumberNames number) =>
        target.Platform == PlatformKind.Portable ? "public struct Gradient" : $"public struct Gradient : {BaseOfGradient(number)}";

    /// <summary>What a gradient's public members do not implement.</summary>
    /// <param name="length">Numbers of its storage.</param>
    public static void EmitGradient(SourceWriter writer, TargetType target, NumberNames number, int length)
    {
        if (target.Platform == PlatformKind.Modern)
        {
            writer.Lines($$"""

                {{number.Span}} {{BaseOfGradient(number)}}.Values =>
                    {{TypeFrame.Marshal}}.CreateSpan(
                        ref {{TypeFrame.Unsafe}}.AsRef(in _storage.First), {{length}});
                """);
        }
    }

    /// <param name="outputSize">Its K.</param>
    /// <param name="layerCount">Its layers.</param>
    /// <param name="places">What says where the weights of a layer stand.</param>
    private static void Emit(SourceWriter writer, TargetType target, KernelPlan kernel, string outputSize, string layerCount, string places)
    {
        if (!target.HasInterfaces)
        {
            return;
        }

        NumberNames number = NumberNames.Of(kernel.Scalar);
        string of = $"global::Lstm.ILstm<{target.Type.Name}, {number.Type}, State>";
        writer.Lines($$"""

            // ILstm, where no public member has its signature.
            static int {{of}}.InputSize => InputSize;
            static int {{of}}.HiddenSize => HiddenSize;
            static int {{of}}.OutputSize => {{outputSize}};
            static int {{of}}.LayerCount => {{layerCount}};
            static int {{of}}.ParameterCount => ParameterCount;
            static int {{of}}.ParameterLength => ParameterLength;

            {{number.Span}} {{of}}.Parameters =>
                {{TypeFrame.Marshal}}.CreateSpan(ref FirstWeight, ParameterLength);

            ref {{number.Type}} {{of}}.W(int layer, global::Lstm.Gate gate, int row, int column) =>
                {{At($"{places}.W(layer, gate, row, column)")}};

            ref {{number.Type}} {{of}}.U(int layer, global::Lstm.Gate gate, int row, int column) =>
                {{At($"{places}.U(layer, gate, row, column)")}};

            ref {{number.Type}} {{of}}.B(int layer, global::Lstm.Gate gate, int row) =>
                {{At($"{places}.B(layer, gate, row)")}};
            """);
    }

    private static string At(string place) => $"ref {TypeFrame.Unsafe}.Add(ref FirstWeight, {place})";
}
