using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary><c>ReadTape</c>, and the struct that it returns. What it does is the runtime's <c>TapeReader</c>: only sizes are generated.</summary>
internal static class TraceEmitter
{
    private const string Reader = "global::Lstm.Kernels.TapeReader";

    /// <summary>The method that reads a tape.</summary>
    /// <param name="cell">The class of the first layer's kernels.</param>
    /// <param name="layers">Layers on the tape.</param>
    public static void EmitReadTape(SourceWriter writer, NumberNames number, TapePlan tape, string cell, int layers) => writer.Lines($$"""

        /// <summary>
        /// Gates and memories of every step on a tape, under the names of equations (1) to (6). Nothing is copied or allocated: the tape must stay as
        /// it is while they are read.
        /// </summary>
        /// <param name="tape">As Forward left it.</param>
        /// <param name="steps">T, as Forward had it.</param>
        /// <param name="sequences">N, as Forward had it; 1 for one state.</param>
        /// <exception cref="global::System.ArgumentOutOfRangeException">A number is negative, or more than one tape can hold.</exception>
        /// <exception cref="global::System.ArgumentException">
        /// The tape is too short, or was not recorded by this type with as many steps and sequences.
        /// </exception>
        public static Trace ReadTape({{number.ReadOnlySpan}} tape, int steps, int sequences = 1) => new Trace(
            new {{Reader}}<{{number.Type}}>(
                tape, steps, sequences, global::{{KernelEmitter.Namespace}}.{{cell}}.Tiles, {{layers}},
                {{tape.Header}}, {{tape.Record}}, {{tape.Mark}}));
        """);

    /// <summary>The struct that reads the steps.</summary>
    public static void EmitTrace(SourceWriter writer, NumberNames number)
    {
        writer.Lines($$"""

            /// <summary>What a tape holds of each step: the gates and memories, as they were computed. Made by ReadTape; allocates nothing.</summary>
            {{TypeFrame.GeneratedCode}}
            """);
        using (writer.Block("public readonly ref struct Trace"))
        {
            writer.Lines($$"""
                private readonly {{Reader}}<{{number.Type}}> _tape;

                internal Trace({{Reader}}<{{number.Type}}> tape) => _tape = tape;

                /// <summary>rem of a step (forget gate f), between 0 and 1: how much of ltm stays.  (1)</summary>
                /// <param name="t">The step, from 0 to T - 1.</param>
                /// <param name="d">Gets d {{number.Type}}s, one for each unit.</param>
                /// <param name="layer">The layer, from 0; a cell has one.</param>
                /// <param name="sequence">The sequence, from 0 to N - 1.</param>
                /// <exception cref="global::System.ArgumentOutOfRangeException">No such step, layer or sequence.</exception>
                /// <exception cref="global::System.ArgumentException">
                /// <paramref name="d"/> has another length than HiddenSize, or lies on the tape; nothing has been written.
                /// </exception>
                """);
            EmitRead(writer, number, "Remember", Gate("Remember"));
            EmitNext(writer, number, "save of a step (input gate i), between 0 and 1: how much of ltm' is added.  (3)", "Save", Gate("Save"));
            EmitNext(writer, number, "focus of a step (output gate o), between 0 and 1: how much of tanh(ltm) is wm.  (5)", "Focus", Gate("Focus"));
            EmitNext(writer, number, "ltm' of a step (cell candidate g), between -1 and 1: what may be added.  (2)", "Candidate", Gate("Candidate"));
            EmitNext(writer, number, "ltm after a step (cell state c).  (4)", "LongTermMemory", "CopyLongTermMemory(");
            EmitNext(writer, number, "wm after a step (hidden state h).  (6)", "WorkingMemory", "CopyWorkingMemory(");
        }
    }

    private static string Gate(string name) => $"CopyGate(global::Lstm.Gate.{name}, ";

    /// <summary>A method with the parameters and errors of <c>Remember</c>.</summary>
    private static void EmitNext(SourceWriter writer, NumberNames number, string summary, string name, string call)
    {
        writer.Lines($"""

            /// <summary>{summary}</summary>
            /// <inheritdoc cref="Remember"/>
            """);
        EmitRead(writer, number, name, call);
    }

    /// <param name="call">The runtime's method, up to its arguments that every one has.</param>
    private static void EmitRead(SourceWriter writer, NumberNames number, string name, string call) => writer.Lines($"""
        public void {name}(int t, {number.Span} d, int layer = 0, int sequence = 0) =>
            _tape.{call}t, d, layer, sequence);
        """);
}
