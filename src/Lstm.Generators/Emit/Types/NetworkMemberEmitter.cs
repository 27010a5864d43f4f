using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>
/// A network's public members that compute. Their bodies are those of <see cref="NetworkBodyEmitter"/> and <see cref="SequenceBodyEmitter"/>.
/// </summary>
internal static class NetworkMemberEmitter
{
    private const string Kernel = "global::" + KernelEmitter.Namespace + ".Kernel";

    public static void Emit(SourceWriter writer, LstmNetworkPlan plan)
    {
        NumberNames number = NumberNames.Of(plan.First.Scalar);
        EmitStep(writer, number);
        EmitForward(writer, number);
        if (plan.First.Backward)
        {
            CellMemberEmitter.EmitTapeLength(writer, plan.Tape, number);
            EmitRecordedForward(writer, number);
            EmitBackward(writer, number);
            TraceEmitter.EmitReadTape(writer, number, plan.Tape, "FirstCell", plan.Layers);
        }
    }

    private static string Many(NumberNames number, string states) => CellMemberEmitter.Many(number, states);

    private static void EmitStep(SourceWriter writer, NumberNames number) => writer.Lines($$"""

        /// <summary>One time step, equations (1) to (6) in every layer, then y = V wm + c.</summary>
        /// <param name="x">x_t, p {{number.Type}}s; may be a WorkingMemory of <paramref name="state"/>.</param>
        /// <param name="state">ltm and wm: of the step before, then of this one.</param>
        /// <param name="y">Gets y_t, K {{number.Type}}s; may overlap <paramref name="x"/>.</param>
        /// <exception cref="global::System.ArgumentException">A length is wrong; nothing has been changed.</exception>
        {{TypeFrame.Hot}}
        public readonly void Step({{number.ReadOnlySpan}} x, ref State state, {{number.Span}} y) =>
            {{Kernel}}.Step(ref FirstWeight, x, ref state.First, y);

        /// <summary>One time step of N sequences at once; the same bits as N calls with one state.</summary>
        /// <param name="x">x_t of each sequence, N x p.</param>
        /// <param name="states">ltm and wm of N sequences: of the step before, then of this one. N may be 0.</param>
        /// <param name="y">Gets y_t of each sequence, N x K; may be <paramref name="x"/> itself, where K = p, and overlap it nowhere else.</param>
        /// <exception cref="global::System.ArgumentException">A length is wrong; nothing has been changed.</exception>
        {{TypeFrame.Hot}}
        public readonly void Step({{number.ReadOnlySpan}} x, global::System.Span<State> states, {{number.Span}} y) =>
            {{Kernel}}.StepMany(
                ref FirstWeight, x, {{Many(number, "states")}}, y);
        """);

    private static void EmitForward(SourceWriter writer, NumberNames number) => writer.Lines($$"""

        /// <summary>T time steps; the same bits as T calls of <c>Step</c>.</summary>
        /// <param name="x">T x p.</param>
        /// <param name="state">ltm and wm: before the first step, then after the last.</param>
        /// <param name="y">Gets y_1 to y_T, T x K; may be <paramref name="x"/> itself, where K = p.</param>
        /// <exception cref="global::System.ArgumentException">A length is wrong, or spans overlap; nothing has been changed.</exception>
        {{TypeFrame.Hot}}
        public readonly void Forward({{number.ReadOnlySpan}} x, ref State state, {{number.Span}} y) =>
            {{Kernel}}.Forward(ref FirstWeight, x, ref state.First, y);

        /// <summary>T time steps of N sequences; the same bits as N calls with one state.</summary>
        /// <param name="x">T x N x p.</param>
        /// <param name="states">ltm and wm of N sequences: before the first step, then after the last. N may be 0.</param>
        /// <param name="y">Gets T x N x K; may be <paramref name="x"/> itself, where K = p.</param>
        /// <exception cref="global::System.ArgumentException">A length is wrong, or spans overlap; nothing has been changed.</exception>
        {{TypeFrame.Hot}}
        public readonly void Forward({{number.ReadOnlySpan}} x, global::System.Span<State> states, {{number.Span}} y) =>
            {{Kernel}}.ForwardMany(
                ref FirstWeight, x, {{Many(number, "states")}}, y);
        """);

    private static void EmitRecordedForward(SourceWriter writer, NumberNames number) => writer.Lines($$"""

        /// <summary>T time steps, recorded for <c>Backward</c>; the same bits as without a tape.</summary>
        /// <param name="x">T x p.</param>
        /// <param name="state">ltm and wm: before the first step, then after the last.</param>
        /// <param name="y">Gets y_1 to y_T, T x K; may be <paramref name="x"/> itself, where K = p, but Backward needs x as it was.</param>
        /// <param name="tape">Gets what Backward needs besides x; at least TapeLength(T) {{number.Type}}s.</param>
        /// <exception cref="global::System.ArgumentException">A length is wrong, or spans overlap; nothing has been changed.</exception>
        {{TypeFrame.Hot}}
        public readonly void Forward(
            {{number.ReadOnlySpan}} x, ref State state, {{number.Span}} y, {{number.Span}} tape) =>
            {{Kernel}}.Record(ref FirstWeight, x, ref state.First, y, tape);

        /// <summary>T time steps of N sequences, recorded for <c>Backward</c>; the same bits as N calls with one state.</summary>
        /// <param name="x">T x N x p.</param>
        /// <param name="states">ltm and wm of N sequences: before the first step, then after the last. N may be 0.</param>
        /// <param name="y">Gets T x N x K; may be <paramref name="x"/> itself, where K = p, but Backward needs x as it was.</param>
        /// <param name="tape">Gets what Backward needs besides x; at least TapeLength(T, N) {{number.Type}}s.</param>
        /// <exception cref="global::System.ArgumentException">A length is wrong, or spans overlap; nothing has been changed.</exception>
        {{TypeFrame.Hot}}
        public readonly void Forward(
            {{number.ReadOnlySpan}} x, global::System.Span<State> states, {{number.Span}} y, {{number.Span}} tape) =>
            {{Kernel}}.RecordMany(
                ref FirstWeight, x, {{Many(number, "states")}}, y, tape);
        """);

    private static void EmitBackward(SourceWriter writer, NumberNames number) => writer.Lines($$"""

        /// <summary>Back through T recorded steps: adds dL/dw to <paramref name="gradient"/>.</summary>
        /// <param name="x">T x p, as given to Forward.</param>
        /// <param name="tape">As Forward left it.</param>
        /// <param name="dY">dL/dy_t of each step, T x K.</param>
        /// <param name="dState">In: dL/d(final state) besides dY. Out: dL/d(initial state).</param>
        /// <param name="gradient">Gets dL/dw added.</param>
        /// <param name="dX">
        /// Gets dL/dx, T x p; may be <paramref name="x"/> itself or, where K = p, <paramref name="dY"/>; empty: it is not computed.
        /// </param>
        /// <exception cref="global::System.ArgumentException">
        /// A length is wrong, spans overlap, or the tape was not recorded by this type with as many steps and sequences; nothing has been changed.
        /// </exception>
        {{TypeFrame.Hot}}
        public readonly void Backward(
            {{number.ReadOnlySpan}} x, {{number.ReadOnlySpan}} tape, {{number.ReadOnlySpan}} dY,
            ref State dState, ref Gradient gradient, {{number.Span}} dX = default) =>
            {{Kernel}}.Backward(ref FirstWeight, x, tape, dY, ref dState.First, ref gradient.First, dX);

        /// <summary>Back through T recorded steps of N sequences: adds dL/dw, summed over all of them, to <c>gradient</c>.</summary>
        /// <remarks>
        /// As of one sequence, with a state of each: x and dX are T x N x p, dY is T x N x K.
        /// N may be 0.
        /// </remarks>
        /// <exception cref="global::System.ArgumentException">
        /// A length is wrong, spans overlap, or the tape was not recorded by this type with as many steps and sequences; nothing has been changed.
        /// </exception>
        {{TypeFrame.Hot}}
        public readonly void Backward(
            {{number.ReadOnlySpan}} x, {{number.ReadOnlySpan}} tape, {{number.ReadOnlySpan}} dY,
            global::System.Span<State> dStates, ref Gradient gradient, {{number.Span}} dX = default) =>
            {{Kernel}}.BackwardMany(
                ref FirstWeight, x, tape, dY, {{Many(number, "dStates")}},
                ref gradient.First, dX);
        """);
}
