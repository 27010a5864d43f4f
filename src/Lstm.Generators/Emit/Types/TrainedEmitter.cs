using Lstm.Generators.Model;

namespace Lstm.Generators.Emit;

/// <summary>Access to trained weights, which stand in read-only memory, packed as the kernels read them.</summary>
internal static class TrainedEmitter
{
    /// <param name="target">The type of the weights.</param>
    /// <param name="trained">Null: nothing is written.</param>
    public static void Emit(SourceWriter writer, TargetType target, TrainedWeights? trained)
    {
        if (trained is null)
        {
            return;
        }

        string rom = $"global::{trained.Rom}";
        writer.Lines($$"""

            /// <summary>The trained weights, in read-only memory: nothing is allocated or copied. A copy of them can be trained.</summary>
            public static ref readonly {{target.Type.Name}} Trained =>
                ref {{TypeFrame.Unsafe}}.As<{{rom}}, {{target.Type.Name}}>(ref {{TypeFrame.Unsafe}}.AsRef(in {{rom}}.Data));
            """);
        EmitState(writer, rom, trained);
    }

    private static void EmitState(SourceWriter writer, string rom, TrainedWeights trained)
    {
        if (trained.StateOffset == 0)
        {
            writer.Lines("""

                /// <summary>The state that a sequence begins with: the zero state.</summary>
                public static State TrainedState => default;
                """);
            return;
        }

        string origin = trained.Prewarm > 0 ? $"the one after {trained.Prewarm} steps of silence" : "the one of the file";
        writer.Lines($$"""

            /// <summary>The state that a sequence begins with: {{origin}}.</summary>
            public static State TrainedState => {{TypeFrame.Unsafe}}.As<byte, State>(
                ref {{TypeFrame.Unsafe}}.Add(
                    ref {{TypeFrame.Unsafe}}.As<{{rom}}, byte>(ref {{TypeFrame.Unsafe}}.AsRef(in {{rom}}.Data)), {{trained.StateOffset}}));
            """);
    }
}
