using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary><c>W</c>, <c>U</c> and <c>B</c> of a cell, or of its gradient.</summary>
internal static class CellAccessEmitter
{
    public static void EmitAccess(SourceWriter writer, KernelPlan kernel, string what, string whatOfBias)
    {
        CellLayout layout = kernel.Layout;
        string number = NumberNames.Of(kernel.Scalar).Type;
        string at = $"ref {TypeFrame.Unsafe}.Add(ref _storage.First, global::{KernelEmitter.Namespace}.Cell.Tiles";
        writer.Lines($$"""

            /// <summary>{{what}} of gate <paramref name="gate"/>: d x p, here {{layout.Hidden}} x {{layout.Input}}.</summary>
            /// <exception cref="global::System.ArgumentOutOfRangeException">No such gate, row or column.</exception>
            {{TypeFrame.UnscopedRef}}
            public ref {{number}} W(global::Lstm.Gate gate, int row, int column) =>
                {{at}}.W(gate, row, column));

            /// <summary>{{what}} of gate <paramref name="gate"/> on wm: d x d, here {{layout.Hidden}} x {{layout.Hidden}}.</summary>
            /// <exception cref="global::System.ArgumentOutOfRangeException">No such gate, row or column.</exception>
            {{TypeFrame.UnscopedRef}}
            public ref {{number}} U(global::Lstm.Gate gate, int row, int column) =>
                {{at}}.U(gate, row, column));

            /// <summary>{{whatOfBias}} of gate <paramref name="gate"/>: d, here {{layout.Hidden}}.</summary>
            /// <exception cref="global::System.ArgumentOutOfRangeException">No such gate or row.</exception>
            {{TypeFrame.UnscopedRef}}
            public ref {{number}} B(global::Lstm.Gate gate, int row) =>
                {{at}}.B(gate, row));
            """);
    }
}
