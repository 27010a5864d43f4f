using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>A cell's public members that compute. Their bodies are those of <see cref="CellBodyEmitter"/>.</summary>
internal static class CellMemberEmitter
{
    private const string Kernel = "global::" + KernelEmitter.Namespace + ".Kernel";

    public static void Emit(SourceWriter writer, LstmCellPlan plan)
    {
        NumberNames number = NumberNames.Of(plan.Kernel.Scalar);
        EmitStep(writer, number);
        EmitForward(writer, number);
        if (plan.Kernel.Backward)
        {
            EmitTapeLength(writer, plan.Tape, number);
            EmitRecordedForward(writer, number);
            EmitBackward(writer, number);
            TraceEmitter.EmitReadTape(writer, number, plan.Tape, "Cell", layers: 1);
        }
    }

    /// <summary>The lengths of tapes.</summary>
    public static void EmitTapeLength(SourceWriter writer, TapePlan tape, NumberNames number) => writer.Lines($$"""

        /// <summary>Length of a tape, in {{number.Type}}s, of <paramref name="steps"/> steps.</summary>
        /// <exception cref="global::System.ArgumentOutOfRangeException">Negative, or more than one tape can hold.</exception>
        public static int TapeLength(int steps) => global::Lstm.Kernels.Lengths.OfTape(steps, {{tape.Header}}, {{tape.Record}});

        /// <summary>Length of a tape, in {{number.Type}}s, of <paramref name="steps"/> steps of <paramref name="sequences"/> sequences.</summary>
        /// <exception cref="global::System.ArgumentOutOfRangeException">Negative, or more than one tape can hold.</exception>
        public static int TapeLength(int steps, int sequences) =>
            global::Lstm.Kernels.Lengths.OfTape(steps, sequences, {{tape.Header}}, {{tape.Record}});
        """);

    /// <summary>The first of the states of many sequences, and their number, as arguments.</summary>
    public static string Many(NumberNames number, string states) =>
        $"ref global::Lstm.Kernels.Rows.First<State, {number.Type}>({states}), {states}.Length";

    private static void EmitStep(SourceWriter writer, NumberNames number) => writer.Lines($$"""

        /// <summary>One time step, equations (1) to (6).</summary>
        /// <param name="x">x_t, p {{number.Type}}s; may be the WorkingMemory of <paramref name="state"/>.</param>
        /// <param name="state">ltm and wm: of the step before, then of this one.</param>
        /// <exception cref="global::System.ArgumentException">A length is wrong; nothing has been changed.</exception>
        {{TypeFrame.Hot}}
        public readonly void Step({{number.ReadOnlySpan}} x, ref State state) =>
            {{Kernel}}.Step(ref FirstWeight, x, ref state.First);

        /// <summary>One time step of N sequences at once; the same bits as N calls with one state.</summary>
        /// <param name="x">x_t of each sequence, N x p.</param>
        /// <param name="states">ltm and wm of N sequences: of the step before, then of this one. N may be 0.</param>
        /// <exception cref="global::System.ArgumentException">A length is wrong; nothing has been changed.</exception>
        {{TypeFrame.Hot}}
        public readonly void Step({{number.ReadOnlySpan}} x, global::System.Span<State> states) =>
            {{Kernel}}.StepMany(ref FirstWeight, x, {{Many(number, "states")}});
        """);

    private static void EmitForward(SourceWriter writer, NumberNames number) => writer.Lines($$"""

        /// <summary>T time steps; the same bits as T calls of <c>Step</c>.</summary>
        /// <param name="x">T x p.</param>
        /// <param name="state">ltm and wm: before the first step, then after the last.</param>
        /// <param name="wm">Gets wm_1 to wm_T, T x d; may be <paramref name="x"/> itself, where d = p.</param>
        /// <exception cref="global::System.ArgumentException">A length is wrong, or spans overlap; nothing has been changed.</exception>
        {{TypeFrame.Hot}}
        public readonly void Forward({{number.ReadOnlySpan}} x, ref State state, {{number.Span}} wm) =>
            {{Kernel}}.Forward(ref FirstWeight, x, ref state.First, wm);

        /// <summary>T time steps of N sequences; the same bits as N calls with one state.</summary>
        /// <param name="x">T x N x p.</param>
        /// <param name="states">ltm and wm of N sequences: before the first step, then after the last. N may be 0.</param>
        /// <param name="wm">Gets T x N x d; may be <paramref name="x"/> itself, where d = p.</param>
        /// <exception cref="global::System.ArgumentException">A length is wrong, or spans overlap; nothing has been changed.</exception>
        {{TypeFrame.Hot}}
        public readonly void Forward({{number.ReadOnlySpan}} x, global::System.Span<State> states, {{number.Span}} wm) =>
            {{Kernel}}.ForwardMany(
                ref FirstWeight, x, {{Many(number, "states")}}, wm);
        """);

    private static void EmitRecordedForward(SourceWriter writer, NumberNames number) => writer.Lines($$"""

        /// <summary>T time steps, recorded for <c>Backward</c>; the same bits as without a tape.</summary>
        /// <param name="x">T x p.</param>
        /// <param name="state">ltm and wm: before the first step, then after the last.</param>
        /// <param name="wm">Gets wm_1 to wm_T, T x d; may be <paramref name="x"/> itself, where d = p, but Backward needs x as it was.</param>
        /// <param name="tape">Gets what Backward needs besides x; at least TapeLength(T) {{number.Type}}s.</param>
        /// <exception cref="global::System.ArgumentException">A length is wrong, or spans overlap; nothing has been changed.</exception>
        {{TypeFrame.Hot}}
        public readonly void Forward(
            {{number.ReadOnlySpan}} x, ref State state, {{number.Span}} wm, {{number.Span}} tape) =>
            {{Kernel}}.Record(ref FirstWeight, x, ref state.First, wm, tape);

        /// <summary>T time steps of N sequences, recorded for <c>Backward</c>; the same bits as N calls with one state.</summary>
        /// <param name="x">T x N x p.</param>
        /// <param name="states">ltm and wm of N sequences: before the first step, then after the last. N may be 0.</param>
        /// <param name="wm">Gets T x N x d; may be <paramref name="x"/> itself, where d = p, but Backward needs x as it was.</param>
        /// <param name="tape">Gets what Backward needs besides x; at least TapeLength(T, N) {{number.Type}}s.</param>
        /// <exception cref="global::System.ArgumentException">A length is wrong, or spans overlap; nothing has been changed.</exception>
        {{TypeFrame.Hot}}
        public readonly void Forward(
            {{number.ReadOnlySpan}} x, global::System.Span<State> states, {{number.Span}} wm, {{number.Span}} tape) =>
            {{Kernel}}.RecordMany(
                ref FirstWeight, x, {{Many(number, "states")}}, wm, tape);
        """);

    private static void EmitBackward(SourceWriter writer, NumberNames number) => writer.Lines($$"""

        /// <summary>Back through T recorded steps: adds dL/dw to <paramref name="gradient"/>.</summary>
        /// <param name="x">T x p, as given to Forward.</param>
        /// <param name="tape">As Forward left it.</param>
        /// <param name="dWm">dL/dwm_t of each step, T x d, without what flows through later steps.</param>
        /// <param name="dState">In: dL/d(final state) besides dWm. Out: dL/d(initial state).</param>
        /// <param name="gradient">Gets dL/dw added.</param>
        /// <param name="dX">
        /// Gets dL/dx, T x p; may be <paramref name="x"/> itself or, where d = p, <paramref name="dWm"/>; empty: it is not computed.
        /// </param>
        /// <exception cref="global::System.ArgumentException">
        /// A length is wrong, spans overlap, or the tape was not recorded by this type with as many steps and sequences; nothing has been changed.
        /// </exception>
        {{TypeFrame.Hot}}
        public readonly void Backward(
            {{number.ReadOnlySpan}} x, {{number.ReadOnlySpan}} tape, {{number.ReadOnlySpan}} dWm,
            ref State dState, ref Gradient gradient, {{number.Span}} dX = default) =>
            {{Kernel}}.Backward(ref FirstWeight, x, tape, dWm, ref dState.First, ref gradient.First, dX);

        /// <summary>Back through T recorded steps of N sequences: adds dL/dw, summed over all of them, to <c>gradient</c>.</summary>
        /// <remarks>
        /// As of one sequence, with a state of each: x and dX are T x N x p, dWm is T x N x d.
        /// N may be 0.
        /// </remarks>
        /// <exception cref="global::System.ArgumentException">
        /// A length is wrong, spans overlap, or the tape was not recorded by this type with as many steps and sequences; nothing has been changed.
        /// </exception>
        {{TypeFrame.Hot}}
        public readonly void Backward(
            {{number.ReadOnlySpan}} x, {{number.ReadOnlySpan}} tape, {{number.ReadOnlySpan}} dWm,
            global::System.Span<State> dStates, ref Gradient gradient, {{number.Span}} dX = default) =>
            {{Kernel}}.BackwardMany(
                ref FirstWeight, x, tape, dWm, {{Many(number, "dStates")}},
                ref gradient.First, dX);
        """);
}
