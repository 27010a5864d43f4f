using System;
using Lstm.Generators.Model;
using Lstm.Generators.Planning;

namespace Lstm.Generators.Emit;

/// <summary>The private structs that hold numbers inline, and the public ones around them.</summary>
internal static class StorageEmitter
{
    private const string Places = "global::" + KernelEmitter.Namespace + ".Kernel.Places";

    /// <summary>The private struct behind a public one: numbers inline, no pointer, no array.</summary>
    public static void EmitStorage(SourceWriter writer, ScalarKind scalar, string name, int length) => writer.Lines($$"""

        [global::System.Runtime.InteropServices.StructLayout(
            global::System.Runtime.InteropServices.LayoutKind.Sequential, Size = {{scalar.Bytes() * length}})]
        private struct {{name}}
        {
            public {{NumberNames.Of(scalar).Type}} First;
        }
        """);

    /// <summary>The parameters themselves.</summary>
    /// <param name="order">In which order they are, a sentence without its end.</param>
    public static void EmitParameters(SourceWriter writer, ScalarKind scalar, int length, int count, string order)
    {
        NumberNames number = NumberNames.Of(scalar);
        string padding = length > count
            ? $"\n/// ParameterLength = {length} numbers. {length - count} of them are padding, which changes no result."
                + "\n/// To store or compare parameters, use ExportParameters, which writes ParameterCount numbers in an order that never changes."
            : string.Empty;
        writer.Lines($$"""

            private Weights _storage;

            /// <summary>
            /// Every parameter, packed as the kernels read them: {{order}}.{{padding}}
            /// </summary>
            {{TypeFrame.UnscopedRef}}
            public {{number.Span}} Parameters => {{TypeFrame.Marshal}}.CreateSpan(ref _storage.First, {{length}});

            private readonly ref {{number.Type}} FirstWeight => ref {{TypeFrame.Unsafe}}.AsRef(in _storage.First);
            """);
    }

    /// <summary>Export and import of all parameters of a cell or network, without padding, as numbers and as a model.</summary>
    /// <param name="order">In which order the numbers are.</param>
    public static void EmitExport(SourceWriter writer, ScalarKind scalar, string order)
    {
        NumberNames number = NumberNames.Of(scalar);
        string rounding = scalar == ScalarKind.Double ? ", each rounded to the nearest float" : string.Empty;
        writer.Lines($$"""

            /// <summary>
            /// Copies the parameters, without padding, in an order that never changes:
            /// {{order}}.
            /// </summary>
            /// <param name="destination">Gets ParameterCount {{number.Type}}s.</param>
            /// <exception cref="global::System.ArgumentException">It has another length, or lies in Parameters; nothing has been changed.</exception>
            public readonly void ExportParameters({{number.Span}} destination) =>
                {{Places}}.Export(ref FirstWeight, destination);

            /// <summary>Sets every parameter, in the order of ExportParameters, and the padding to 0.</summary>
            /// <param name="source">ParameterCount {{number.Type}}s.</param>
            /// <exception cref="global::System.ArgumentException">It has another length, or lies in Parameters; nothing has been changed.</exception>
            public void ImportParameters({{number.ReadOnlySpan}} source) =>
                {{Places}}.Import(ref FirstWeight, source);

            /// <summary>Sets every parameter to that of a trained model, and the padding to 0.</summary>
            /// <param name="model">A model of the same sizes.</param>
            /// <exception cref="global::System.ArgumentNullException">It is null.</exception>
            /// <exception cref="global::System.ArgumentException">It has another size; nothing has been changed.</exception>
            public void Load(global::Lstm.LstmModel model) => {{Places}}.Load(ref FirstWeight, model);

            /// <summary>A new model with these parameters{{rounding}}. It has no initial state.</summary>
            public readonly global::Lstm.LstmModel ToModel() => {{Places}}.ToModel(ref FirstWeight);
            """);
    }

    /// <summary>Export and import of a state, without padding, and the state that a model begins with.</summary>
    /// <param name="order">In which order its numbers are.</param>
    public static void EmitStateExport(SourceWriter writer, NumberNames number, CellLayout layout, int layers, string order) => writer.Lines($$"""

        /// <summary>Copies the state, without padding: {{order}}.</summary>
        /// <param name="destination">Gets Length {{number.Type}}s.</param>
        /// <exception cref="global::System.ArgumentException">It has another length; nothing has been changed.</exception>
        public readonly void Export({{number.Span}} destination)
        {
            global::Lstm.Kernels.Require.Row("destination", destination.Length, "Length", Length);
            global::Lstm.Kernels.Rows.Copy(
                ref {{TypeFrame.Unsafe}}.AsRef(in _storage.First), {{layout.Padded}},
                ref {{TypeFrame.Marshal}}.GetReference(destination), {{layout.Hidden}}, {{2 * layers}}, {{layout.Hidden}});
        }

        /// <summary>Sets the state, in the order of Export.</summary>
        /// <param name="source">Length {{number.Type}}s.</param>
        /// <exception cref="global::System.ArgumentException">It has another length; nothing has been changed.</exception>
        public void Import({{number.ReadOnlySpan}} source)
        {
            global::Lstm.Kernels.Require.Row("source", source.Length, "Length", Length);
            global::Lstm.Kernels.Rows.Copy(
                ref {{TypeFrame.Marshal}}.GetReference(source), {{layout.Hidden}},
                ref _storage.First, {{layout.Padded}}, {{2 * layers}}, {{layout.Hidden}});
        }

        /// <summary>Sets the state to the one that a trained model begins with: the zero state where HasInitialState is false.</summary>
        /// <param name="model">A model of the same sizes.</param>
        /// <exception cref="global::System.ArgumentNullException">It is null.</exception>
        /// <exception cref="global::System.ArgumentException">It has another size; nothing has been changed.</exception>
        public void Load(global::Lstm.LstmModel model) => {{Places}}.LoadState(ref _storage.First, model);
        """);

    /// <summary>The struct that holds a derivative for each parameter.</summary>
    /// <param name="access">Emits access to them by name.</param>
    public static void EmitGradient(SourceWriter writer, TargetType target, ScalarKind scalar, int length, Action access)
    {
        NumberNames number = NumberNames.Of(scalar);
        writer.Lines($$"""

            /// <summary>dL/dw for every parameter. The default value is 0.</summary>
            {{TypeFrame.GeneratedCode}}
            """);
        using (writer.Block(InterfaceEmitter.DeclarationOfGradient(target, number)))
        {
            writer.Lines($$"""
                private Weights _storage;

                /// <summary>Every derivative, packed as the parameters are.</summary>
                {{TypeFrame.UnscopedRef}}
                public {{number.Span}} Values => {{TypeFrame.Marshal}}.CreateSpan(ref _storage.First, {{length}});

                /// <summary>Sets every derivative to 0.</summary>
                public void Clear() => Values.Clear();

                {{TypeFrame.UnscopedRef}}
                internal ref {{number.Type}} First => ref _storage.First;
                """);
            InterfaceEmitter.EmitGradient(writer, target, number, length);
            access();
        }
    }

    /// <summary>The update with a plain step against the gradient.</summary>
    public static void EmitDescend(SourceWriter writer, ScalarKind scalar) => writer.Lines($$"""

        /// <summary>w &lt;- w - eta dL/dw, for every parameter.</summary>
        /// <param name="gradient">dL/dw.</param>
        /// <param name="learningRate">eta.</param>
        public void Descend(in Gradient gradient, {{NumberNames.Of(scalar).Type}} learningRate) =>
            global::Lstm.Kernels.Descent.Apply(Parameters, {{TypeFrame.Unsafe}}.AsRef(in gradient).Values, learningRate);
        """);

    /// <summary><c>Initialize</c>.</summary>
    /// <param name="body">Fills the parameters from <c>random</c>, within <c>bound</c>.</param>
    public static void EmitInitialize(SourceWriter writer, ScalarKind scalar, string boundLiteral, Action body)
    {
        NumberNames number = NumberNames.Of(scalar);
        writer.Lines($$"""

            /// <summary>Weights and biases uniform in (-1/sqrt d, 1/sqrt d), the same numbers on every machine.</summary>
            /// <param name="seed">Chooses the numbers.</param>
            /// <param name="rememberBias">Every bias of a remember gate: 1 lets a fresh cell keep its memory.</param>
            """);
        using (writer.Block($"public void Initialize(ulong seed, {number.Type} rememberBias = {number.Whole(1)})"))
        {
            writer.Lines($"""
                const {number.Type} bound = {boundLiteral};
                Parameters.Clear();
                global::Lstm.Kernels.UniformRandom random = new global::Lstm.Kernels.UniformRandom(seed);
                """);
            body();
        }

        writer.Lines($$"""

            /// <summary>The same, from an int: of 0 and above the numbers of that ulong; of a negative seed those of 2^64 + seed.</summary>
            /// <param name="seed">Chooses the numbers.</param>
            /// <param name="rememberBias">Every bias of a remember gate: 1 lets a fresh cell keep its memory.</param>
            public void Initialize(int seed, {{number.Type}} rememberBias = {{number.Whole(1)}}) => Initialize(unchecked((ulong)seed), rememberBias);
            """);
    }

    /// <summary>Fills one cell's parameters.</summary>
    /// <param name="cell">The class of its kernels.</param>
    /// <param name="first">A reference to the first of them.</param>
    public static void EmitFill(SourceWriter writer, string cell, string first) => writer.Lines($"""
        global::Lstm.Kernels.InitialWeights.OfCell(
            global::{KernelEmitter.Namespace}.{cell}.Tiles,
            {first}, ref random, bound, rememberBias);
        """);
}
