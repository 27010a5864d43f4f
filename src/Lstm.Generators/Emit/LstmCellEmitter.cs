using System.Collections.Generic;
using System.Linq;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>The members of a <c>[LstmCell]</c> struct.</summary>
internal static class LstmCellEmitter
{
    public static string Emit(LstmCellPlan plan) => TypeEmitter.Emit(
        plan.Target, plan.Kernel.Scalar, PlanText.Cell(plan), new[] { TypeEmitter.GeneratedCode }, writer => EmitMembers(writer, plan));

    private static void EmitMembers(SourceWriter writer, LstmCellPlan plan)
    {
        KernelPlan kernel = plan.Kernel;
        EmitConstants(writer, kernel.Layout);
        ParameterEmitter.EmitCellAccess(writer, kernel.Layout, "The weights");
        EmitInitialize(writer, plan);
        EmitStep(writer, kernel);
        EmitForward(writer, kernel);
        EmitRecordedForward(writer, kernel);
        EmitBackward(writer, kernel);
        BatchCellEmitter.Emit(writer, kernel);
        ParameterEmitter.EmitDescend(writer);
        EmitState(writer, kernel.Layout);
        ParameterEmitter.EmitGradient(writer, kernel.Layout.Length, () => ParameterEmitter.EmitCellAccess(writer, kernel.Layout, "dL/dw for the weights"));
        ParameterEmitter.EmitStorage(writer, "Weights", kernel.Layout.Length);
        EmitKernels(writer, kernel);
    }

    private static void EmitKernels(SourceWriter writer, KernelPlan kernel)
    {
        using (KernelEmitter.Block(writer))
        {
            ParameterEmitter.EmitIndex(writer, string.Empty, kernel.Layout);
            KernelEmitter.Emit(writer, kernel);
            KernelEmitter.EmitOuter(writer, "Outer", kernel.Widths.Select(width => (width.Lanes, width.Product)));
            VectorEmitter.Emit(writer, kernel);
        }
    }

    private static void EmitConstants(SourceWriter writer, CellLayout layout) => writer.Lines($$"""
        /// <summary>p, the length of x.</summary>
        public const int InputSize = {{layout.Input}};

        /// <summary>d, the length of ltm and wm.</summary>
        public const int HiddenSize = {{layout.Hidden}};

        /// <summary>Parameters of the cell, 4 d (1 + p + d).</summary>
        public const int ParameterCount = {{layout.ParameterCount}};

        private Weights _storage;

        /// <summary>
        /// Every parameter, packed as the kernels read them{{(layout.Length > layout.ParameterCount ? "; what is over ParameterCount is padding and must stay 0" : string.Empty)}}.
        /// The order is the header comment's.
        /// </summary>
        {{Names.UnscopedRef}}
        public {{writer.Span}} Parameters => {{Names.Marshal}}.CreateSpan(ref _storage.First, {{layout.Length}});
        """);

    private static void EmitInitialize(SourceWriter writer, LstmCellPlan plan)
    {
        using (ParameterEmitter.OpenInitialize(writer))
        {
            ParameterEmitter.EmitInitialize(writer, plan.Kernel.Layout, string.Empty, "_storage.First", plan.BoundLiteral);
        }
    }

    private static void EmitStep(SourceWriter writer, KernelPlan kernel)
    {
        writer.Lines($$"""

            /// <summary>One time step, equations (1) to (6).</summary>
            /// <param name="x">x_t, p {{writer.Real}}s; may be the WorkingMemory of <paramref name="state"/>.</param>
            /// <param name="state">ltm and wm: of the step before, then of this one.</param>
            /// <exception cref="global::System.ArgumentException">A length is wrong; nothing has been changed.</exception>
            {{Names.Hot}}
            """);
        using (writer.Block($"public readonly void Step({writer.ReadOnlySpan} x, ref State state)"))
        {
            ParameterEmitter.EmitRequireRow(writer, "x", "InputSize", kernel.Layout.Input);
            writer.Lines($$"""

                Kernel.Run<{{Names.OneStep}}>(
                    ref {{Names.Unsafe}}.AsRef(in _storage.First), ref {{Names.Marshal}}.GetReference(x), 0, 1,
                    ref state.First, ref {{Names.Unsafe}}.NullRef<{{writer.Real}}>(), ref {{Names.Unsafe}}.NullRef<{{writer.Real}}>());
                """);
        }
    }

    private static void EmitForward(SourceWriter writer, KernelPlan kernel)
    {
        CellLayout layout = kernel.Layout;
        writer.Lines($$"""

            /// <summary>T time steps; the same bits as T calls of <c>Step</c>.</summary>
            /// <param name="x">T x p.</param>
            /// <param name="state">ltm and wm: before the first step, then after the last.</param>
            /// <param name="wm">Gets wm_1 to wm_T, T x d; may be <paramref name="x"/> itself, where d = p.</param>
            /// <exception cref="global::System.ArgumentException">A length is wrong, or spans overlap; nothing has been changed.</exception>
            {{Names.Hot}}
            """);
        using (writer.Block($"public readonly void Forward({writer.ReadOnlySpan} x, ref State state, {writer.Span} wm)"))
        {
            ParameterEmitter.EmitRequireSteps(writer, layout.Input);
            ParameterEmitter.EmitRequireRows(writer, "wm", "HiddenSize", layout.Hidden);
            ParameterEmitter.EmitRefuseUnlessSame(writer, "wm", "x");
            writer.Lines($$"""

                Kernel.Run<{{Names.Sequence}}>(
                    ref {{Names.Unsafe}}.AsRef(in _storage.First), ref {{Names.Marshal}}.GetReference(x), {{layout.Input}}, steps,
                    ref state.First, ref {{Names.Marshal}}.GetReference(wm), ref {{Names.Unsafe}}.NullRef<{{writer.Real}}>());
                """);
        }
    }

    private static void EmitRecordedForward(SourceWriter writer, KernelPlan kernel)
    {
        CellLayout layout = kernel.Layout;
        writer.Lines($$"""

            /// <summary>Floats of tape that <paramref name="steps"/> steps need.</summary>
            /// <exception cref="global::System.ArgumentOutOfRangeException">Negative, or more than one tape can hold.</exception>
            public static int TapeLength(int steps) => global::Lstm.Kernels.Lengths.OfTape(steps, {{kernel.Tape.Header}}, {{kernel.Tape.Record}});

            /// <summary>T time steps, recorded for <c>Backward</c>; the same bits as without a tape.</summary>
            /// <param name="x">T x p.</param>
            /// <param name="state">ltm and wm: before the first step, then after the last.</param>
            /// <param name="wm">Gets wm_1 to wm_T, T x d; may be <paramref name="x"/> itself, where d = p, but Backward needs x as it was.</param>
            /// <param name="tape">Gets what Backward needs besides x; at least TapeLength(T) {{writer.Real}}s.</param>
            /// <exception cref="global::System.ArgumentException">A length is wrong, or spans overlap; nothing has been changed.</exception>
            {{Names.Hot}}
            """);
        using (writer.Block($"public readonly void Forward({writer.ReadOnlySpan} x, ref State state, {writer.Span} wm, {writer.Span} tape)"))
        {
            ParameterEmitter.EmitRequireSteps(writer, layout.Input);
            ParameterEmitter.EmitRequireRows(writer, "wm", "HiddenSize", layout.Hidden);
            ParameterEmitter.EmitRequireTape(writer, kernel.Tape.Header, kernel.Tape.Record);
            ParameterEmitter.EmitRefuseUnlessSame(writer, "wm", "x");
            ParameterEmitter.EmitRefuseTapeOverlap(writer, "x", "wm");
            writer.Lines($$"""

                ref {{writer.Real}} w = ref {{Names.Unsafe}}.AsRef(in _storage.First);
                ref {{writer.Real}} record = ref {{Names.Marshal}}.GetReference(tape);
                Kernel.BeginTape(ref w, ref state.First, 1, ref record);
                Kernel.Run<{{Names.RecordedSequence}}>(
                    ref w, ref {{Names.Marshal}}.GetReference(x), {{layout.Input}}, steps,
                    ref state.First, ref {{Names.Marshal}}.GetReference(wm), ref {{Names.Unsafe}}.Add(ref record, {{kernel.Tape.Header}}));
                """);
        }
    }

    private static void EmitBackward(SourceWriter writer, KernelPlan kernel)
    {
        CellLayout layout = kernel.Layout;
        writer.Lines($$"""

            /// <summary>Back through T recorded steps: adds dL/dw to <paramref name="gradient"/>.</summary>
            /// <param name="x">T x p, as given to Forward.</param>
            /// <param name="tape">As Forward left it.</param>
            /// <param name="dWm">dL/dwm_t of each step, T x d, without what flows through later steps.</param>
            /// <param name="dState">In: dL/d(final state) besides dWm. Out: dL/d(initial state).</param>
            /// <param name="gradient">Gets dL/dw added.</param>
            /// <param name="dX">Gets dL/dx, T x p; may be <paramref name="x"/> itself or, where d = p, <paramref name="dWm"/>; empty: it is not computed.</param>
            /// <exception cref="global::System.ArgumentException">A length is wrong, or spans overlap; nothing has been changed.</exception>
            {{Names.Hot}}
            """);
        using (writer.Block(
            $"public readonly void Backward({writer.ReadOnlySpan} x, {writer.ReadOnlySpan} tape, {writer.ReadOnlySpan} dWm, ref State dState, ref Gradient gradient, {writer.Span} dX = default)"))
        {
            ParameterEmitter.EmitRequireSteps(writer, layout.Input);
            ParameterEmitter.EmitRequireTape(writer, kernel.Tape.Header, kernel.Tape.Record);
            ParameterEmitter.EmitRequireRows(writer, "dWm", "HiddenSize", layout.Hidden);
            ParameterEmitter.EmitRequireInputGradient(writer);
            ParameterEmitter.EmitRefuseUnlessSame(writer, "dX", "x", "dWm");
            ParameterEmitter.EmitRefuseTapeOverlap(writer, "dX");
            EmitBackwardBlocks(writer, kernel);
        }
    }

    /// <summary>Blocks of steps, the last first, so that dZ needs little room however long the sequence is.</summary>
    private static void EmitBackwardBlocks(SourceWriter writer, KernelPlan kernel)
    {
        CellLayout layout = kernel.Layout;
        bool padded = layout.Padded > layout.Hidden;
        writer.Lines($$"""

            ref {{writer.Real}} w = ref {{Names.Unsafe}}.AsRef(in _storage.First);
            ref {{writer.Real}} inputs = ref {{Names.Marshal}}.GetReference(x);
            ref {{writer.Real}} transposed = ref {{Names.Marshal}}.GetReference(tape);
            ref {{writer.Real}} dZ = ref {{Names.Marshal}}.GetReference((({{writer.Span}})stackalloc {{writer.Real}}[{{kernel.Block * layout.Lanes}}]));
            """);
        if (padded)
        {
            writer.Lines($$"""
                {{writer.Span}} dMemory = stackalloc {{writer.Real}}[{{kernel.Block * layout.Padded}}];
                dMemory.Clear();
                """);
        }

        using (writer.Block("for (int end = steps; end > 0;)"))
        {
            writer.Lines($$"""
                int count = global::System.Math.Min(end, {{kernel.Block}});
                int begin = end - count;
                ref {{writer.Real}} block = ref {{Names.Unsafe}}.Add(ref inputs, {{Names.Product("(nint)begin", layout.Input)}});
                ref {{writer.Real}} record = ref {{Names.Unsafe}}.Add(ref transposed, {{kernel.Tape.Header}} + ((nint)begin * {{kernel.Tape.Record}}));
                """);
            if (padded)
            {
                writer.Lines($$"""
                    for (int step = 0; step < count; step++)
                    {
                        dWm.Slice((begin + step) * {{layout.Hidden}}, {{layout.Hidden}}).CopyTo(dMemory.Slice(step * {{layout.Padded}}, {{layout.Hidden}}));
                    }

                    Kernel.WalkBack(ref transposed, ref record, ref {{Names.Marshal}}.GetReference(dMemory), count, ref dState.First, ref dZ);
                    """);
            }
            else
            {
                writer.Line(
                    $"Kernel.WalkBack(ref transposed, ref record, ref {Names.Unsafe}.Add(ref {Names.Marshal}.GetReference(dWm), {Names.Product("(nint)begin", layout.Hidden)}), count, ref dState.First, ref dZ);");
            }

            writer.Lines($$"""
                Kernel.WeightGradient(ref gradient.First, ref block, {{layout.Input}}, ref {{Names.Unsafe}}.Subtract(ref record, {{layout.Padded}}), count, ref dZ);
                if (!dX.IsEmpty)
                {
                    Kernel.InputGradient(ref w, ref dZ, count, ref {{Names.Unsafe}}.Add(ref {{Names.Marshal}}.GetReference(dX), {{Names.Product("(nint)begin", layout.Input)}}));
                }

                end = begin;
                """);
        }
    }

    private static void EmitState(SourceWriter writer, CellLayout layout)
    {
        writer.Lines($$"""

            /// <summary>What the cell remembers: ltm and wm. The default value is the zero state.</summary>
            {{TypeEmitter.GeneratedCode}}
            """);
        using (writer.Block("public struct State"))
        {
            writer.Lines($$"""
                private Memory _storage;

                /// <summary>ltm, the long-term memory (cell state c): d {{writer.Real}}s.</summary>
                {{Names.UnscopedRef}}
                public {{writer.Span}} LongTermMemory => {{Names.Marshal}}.CreateSpan(ref _storage.First, {{layout.Hidden}});

                /// <summary>wm, the working memory (hidden state h): d {{writer.Real}}s.</summary>
                {{Names.UnscopedRef}}
                public {{writer.Span}} WorkingMemory => {{Names.Marshal}}.CreateSpan(ref {{Names.Unsafe}}.Add(ref _storage.First, {{layout.Padded}}), {{layout.Hidden}});

                {{Names.UnscopedRef}}
                internal ref {{writer.Real}} First => ref _storage.First;

                /// <summary>Back to the zero state.</summary>
                public void Reset() => this = default;
                """);
            ParameterEmitter.EmitStorage(writer, "Memory", 2 * layout.Padded);
        }
    }
}
