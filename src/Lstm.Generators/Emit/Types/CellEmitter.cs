using System;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>The file of a <c>[LstmCell]</c> struct: the user's members, and the kernels behind them.</summary>
internal static class CellEmitter
{
    public static string Emit(LstmCellPlan plan) => TypeFrame.Emit(
        plan.Target, HeaderText.Cell(plan), InterfaceEmitter.BaseOf(plan.Target, plan.Kernel),
        writer => EmitMembers(writer, plan), writer => EmitKernels(writer, plan));

    /// <summary>The user's members alone, for stubs.</summary>
    public static string EmitMembers(LstmCellPlan plan) => TypeFrame.Emit(
        plan.Target, Array.Empty<string>(), InterfaceEmitter.BaseOf(plan.Target, plan.Kernel), writer => EmitMembers(writer, plan), static _ => { });

    private static void EmitMembers(SourceWriter writer, LstmCellPlan plan)
    {
        KernelPlan kernel = plan.Kernel;
        CellLayout layout = kernel.Layout;
        EmitConstants(writer, layout);
        StorageEmitter.EmitParameters(writer, kernel.Scalar, layout.Length, layout.ParameterCount, "the order is the header comment's");
        StorageEmitter.EmitExport(writer, kernel.Scalar, "W, U, b, each gate after gate (Remember, Save, Focus, Candidate), rows row-major");
        CellAccessEmitter.EmitAccess(writer, kernel, "The weights", "The biases");
        StorageEmitter.EmitInitialize(writer, kernel.Scalar, plan.BoundLiteral, () => StorageEmitter.EmitFill(
            writer, "Cell", "ref _storage.First"));
        TrainedEmitter.Emit(writer, plan.Target, plan.Trained);
        CellMemberEmitter.Emit(writer, plan);
        InterfaceEmitter.EmitCell(writer, plan);
        EmitState(writer, kernel);
        if (kernel.Backward)
        {
            StorageEmitter.EmitDescend(writer, kernel.Scalar);
            StorageEmitter.EmitGradient(
                writer, plan.Target, kernel.Scalar, layout.Length,
                () => CellAccessEmitter.EmitAccess(writer, kernel, "dL/dw for the weights", "dL/db for the biases"));
            TraceEmitter.EmitTrace(writer, NumberNames.Of(kernel.Scalar));
        }

        StorageEmitter.EmitStorage(writer, kernel.Scalar, "Weights", layout.Length);
    }

    private static void EmitKernels(SourceWriter writer, LstmCellPlan plan)
    {
        using (KernelEmitter.OpenNamespace(writer))
        {
            CellBodyEmitter.Emit(writer, plan);
        }

        KernelEmitter.Emit(writer, plan.Kernel);
    }

    private static void EmitConstants(SourceWriter writer, CellLayout layout) => writer.Lines($$"""
        /// <summary>p, the length of x.</summary>
        public const int InputSize = {{layout.Input}};

        /// <summary>d, the length of ltm and wm.</summary>
        public const int HiddenSize = {{layout.Hidden}};

        /// <summary>Parameters of the cell, 4 d (1 + p + d).</summary>
        public const int ParameterCount = {{layout.ParameterCount}};

        /// <summary>The length of Parameters: ParameterCount and padding.</summary>
        public const int ParameterLength = {{layout.Length}};
        """);

    private static void EmitState(SourceWriter writer, KernelPlan kernel)
    {
        CellLayout layout = kernel.Layout;
        NumberNames number = NumberNames.Of(kernel.Scalar);
        writer.Lines($$"""

            /// <summary>What the cell remembers: ltm and wm. The default value is the zero state.</summary>
            {{TypeFrame.GeneratedCode}}
            """);
        using (writer.Block(InterfaceEmitter.DeclarationOfState(number)))
        {
            writer.Lines($$"""
                private Memory _storage;

                /// <summary>Numbers that Export writes: ltm and wm, 2 d.</summary>
                public const int Length = {{layout.StateCount}};

                /// <summary>ltm, the long-term memory (cell state c): d {{number.Type}}s.</summary>
                {{TypeFrame.UnscopedRef}}
                public {{number.Span}} LongTermMemory => {{TypeFrame.Marshal}}.CreateSpan(ref _storage.First, {{layout.Hidden}});

                /// <summary>wm, the working memory (hidden state h): d {{number.Type}}s.</summary>
                {{TypeFrame.UnscopedRef}}
                public {{number.Span}} WorkingMemory =>
                    {{TypeFrame.Marshal}}.CreateSpan(
                        ref {{TypeFrame.Unsafe}}.Add(ref _storage.First, {{layout.Padded}}), {{layout.Hidden}});

                {{TypeFrame.UnscopedRef}}
                internal ref {{number.Type}} First => ref _storage.First;

                /// <summary>Back to the zero state.</summary>
                public void Reset() => this = default;
                """);
            StorageEmitter.EmitStateExport(writer, number, layout, layers: 1, "ltm, then wm");
            StorageEmitter.EmitStorage(writer, kernel.Scalar, "Memory", layout.StateLength);
        }
    }
}
