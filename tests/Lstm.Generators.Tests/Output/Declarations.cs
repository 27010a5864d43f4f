using System.Collections.Generic;

namespace Lstm.Generators.Tests.Output;

/// <summary>Declarations that between them reach every branch of parsing, planning and emitting, by name.</summary>
internal static class Declarations
{
    /// <summary>Where a type may stand and how it may be called; each source is one file.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Places = new Dictionary<string, string[]>
    {
        ["global namespace"] =
        [
            """
            [Lstm.LstmCell(Input = 2, Hidden = 3)] public partial struct Cell;
            [Lstm.LstmNetwork(Input = 2, Hidden = 3, Output = 1, Layers = 2)] internal partial struct Net;
            [Lstm.DeepChain(Layers = 3)] partial struct Chain;
            """,
        ],
        ["nested in every kind of type"] =
        [
            """
            using Lstm;
            namespace Demo.Nested
            {
                public partial class InClass
                {
                    [LstmCell(Input = 2, Hidden = 3)] public partial struct Cell;
                    [DeepChain(Layers = 3)] private partial struct Chain;
                }
                public static partial class InStatic { [LstmNetwork(Input = 2, Hidden = 3, Output = 2)] public partial struct Net; }
                public partial struct InStruct { [LstmCell(Input = 2, Hidden = 3)] internal partial struct Cell; }
                public partial interface InInterface { [LstmCell(Input = 2, Hidden = 3)] public partial struct Cell; }
                public partial record InRecord(int X) { [LstmCell(Input = 2, Hidden = 3)] protected partial struct Cell; }
                public readonly partial record struct InRecordStruct(int X)
                {
                    [LstmNetwork(Input = 2, Hidden = 3, Output = 2, Layers = 2)] public partial struct Net;
                }
                public abstract partial class A
                {
                    public sealed partial class B
                    {
                        public ref partial struct C { [DeepChain(Layers = 3, Kind = ChainKind.Dense)] public partial struct Chain; }
                    }
                }
            }
            """,
        ],
        ["same name in two namespaces and files"] =
        [
            "namespace One; "
                + "[Lstm.LstmCell(Input = 2, Hidden = 3)] public partial struct Model; [Lstm.DeepChain(Layers = 3)] public partial struct Chain;",
            "namespace Two; [Lstm.LstmNetwork(Input = 2, Hidden = 3, Output = 1)] public partial struct Model;",
            "namespace Two.One; [Lstm.DeepChain(Layers = 3)] public partial struct Model;",
            "namespace Two.one; [Lstm.DeepChain(Layers = 3)] public partial struct Model;",
        ],
        ["keywords and unicode"] =
        [
            """
            namespace @class.@event.Größe.日本
            {
                partial class @record { [Lstm.LstmCell(Input = 2, Hidden = 3)] internal partial struct @struct; }
                [Lstm.LstmNetwork(Input = 2, Hidden = 3, Output = 1)] public partial struct Сеть;
                [Lstm.DeepChain(Layers = 3)] public partial struct @partial;
            }
            """,
        ],
        ["lower case, of which the compiler warns"] =
        [
            """
            namespace demo.lower
            {
            #pragma warning disable CS8981
                [Lstm.LstmCell(Input = 2, Hidden = 3)] partial struct cell;
                partial class outer { [Lstm.DeepChain(Layers = 3)] partial struct Chain; }
            }
            """,
        ],
        ["names that generated code uses, taken by the user"] =
        [
            """
            namespace System { class Mine; }
            namespace Demo.System
            {
                class Span; class Math; class Gate; class Kernels;
                [global::Lstm.LstmCell(Input = 2, Hidden = 3)] partial struct Unsafe;
                [global::Lstm.LstmNetwork(Input = 2, Hidden = 3, Output = 1, Layers = 2)] partial struct Vector128;
                [global::Lstm.DeepChain(Layers = 3)] partial struct MemoryMarshal;
            }
            namespace Demo.Lstm { [global::Lstm.LstmCell(Input = 2, Hidden = 3)] partial struct Lstm; }
            """,
        ],
        ["long names"] =
        [
            $"namespace {new string('N', 144)}; [Lstm.LstmCell(Input = 2, Hidden = 3)] partial struct {new string('Q', 143)};",
            $"namespace {new string('N', 300)}; [Lstm.LstmCell(Input = 2, Hidden = 3)] partial struct {new string('Q', 300)};",
            $"[Lstm.LstmNetwork(Input = 2, Hidden = 3, Output = 1)] partial struct {new string('\u8a18', 150)};",
        ],
        ["names that capture"] =
        [
            """
            class var; class nint; class nuint; class _; class dynamic; class notnull; class unmanaged; class nameof; class value; class field;
            class Span<T>; class ReadOnlySpan<T>; class Math; class Unsafe; class IntPtr; class Vector512; class Require; class Kernel; class Kernels;
            namespace Lstm
            {
                class System; class Math; class Span<T>; class Unsafe; class Vector256; class Require; class Rows; class Kernel; class Shape;
                class Cell;
            }
            namespace Lstm.Generated
            {
                class System; class Lstm; class Span<T>; class ReadOnlySpan<T>; class Math; class IntPtr; class Gate; class Unsafe;
                class MemoryMarshal; class MethodImpl; class MethodImplAttribute; class Vector512; class Vector256<T>; class Vector128;
                class Require; class Rows; class Lengths; class Overlap; class TapeHead<T>; class OneStep; class Kernel; class Shape; class Cell;
                class Cell256; class FirstCell; class Store; class Load;
            }
            namespace Lstm.Generated.Models
            {
                [global::Lstm.LstmCell(Input = 2, Hidden = 3)] partial struct Cell;
                [global::Lstm.LstmNetwork(Input = 2, Hidden = 3, Output = 1, Layers = 2)] partial struct Net;
                [global::Lstm.DeepChain(Layers = 3)] partial struct Chain;
                class Outer { class var; class _; class System; }
                partial class Other
                {
                    class var; class nint; class _; class System;
                    [global::Lstm.LstmCell(Input = 2, Hidden = 3, Accuracy = global::Lstm.Accuracy.Strict)] partial struct Cell;
                }
            }
            """,
            """
            global using Unsafe = System.Random;
            global using Gate = System.Random;
            global using static System.Math;
            """,
        ],
        ["types in the namespaces of generated code, under names that it does not use"] =
        [
            """
            namespace Lstm { class Program; class Gate<T>; class Rows; class State; class Gradient; class Adam; }
            namespace Lstm.Kernels { class Mine; class Rows<T>; class Gate; namespace Math { class Mine; } }
            namespace Lstm.Generated.Code { class Kernel; class Cell; class Cell256; class Shape; class Unsafe<T>; class State; }
            namespace System { class Gate; class Span; class Mine; file class Math; file class Require; namespace Rows { class Mine; } }
            namespace System.Runtime.CompilerServices { class IsExternalInit; class MethodImpl<T>; }
            namespace My.Lstm.Kernels { class Rows; [global::Lstm.LstmCell(Input = 2, Hidden = 3)] partial struct Cell; class Lstm; class System; }
            partial class @global { partial class System { partial class Lstm { [global::Lstm.DeepChain(Layers = 3)] partial struct Chain; } } }
            """,
        ],
        ["attributes of generated types"] =
        [
            """
            namespace Demo.Marked;
            using System.CodeDom.Compiler; using System.Diagnostics.CodeAnalysis;
            [ExcludeFromCodeCoverage] [Lstm.LstmCell(Input = 2, Hidden = 3)] partial struct Cell;
            [GeneratedCode("another", "1")] [Lstm.LstmNetwork(Input = 2, Hidden = 3, Output = 1)] partial struct Net;
            [ExcludeFromCodeCoverage, GeneratedCode("another", "1")] [Lstm.DeepChain(Layers = 3)] partial struct Chain;
            """,
        ],
        ["long names that differ in their case"] =
        [
            """
            namespace Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.Bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
            {
                partial class Cccccccccccccccccccccccccccccccccc { [Lstm.LstmCell(Input = 2, Hidden = 3)] internal partial struct One; }
                partial class Cccccccccccccccccccccccccccccccccc { [Lstm.LstmCell(Input = 2, Hidden = 3)] internal partial struct ONE; }
                partial class Cccccccccccccccccccccccccccccccccc { [Lstm.LstmCell(Input = 2, Hidden = 3)] internal partial struct Two; }
            }
            """,
        ],
        ["members of the user's own"] =
        [
            """
            namespace Demo
            {
                [Lstm.LstmCell(Input = 2, Hidden = 3)]
                internal partial struct Cell : System.IEquatable<Cell>
                {
                    private const float steps = 1f, x = 2f, w = 3f, record = 4f;
                    public static int Load128(int value) => value;
                    public void Step(int count) { }
                    public readonly bool Equals(Cell other) => other.Name == Name && steps + x + w + record > 0;
                    public override readonly bool Equals(object? obj) => obj is Cell other && Equals(other);
                    public override readonly int GetHashCode() => Load128(1);
                    public readonly string Name => nameof(Cell);
                }
            }
            """.Replace("object?", "object"),
        ],
    };

    /// <summary>Sizes and options, one declaration each.</summary>
    public static readonly IReadOnlyList<string> Shapes =
    [
        .. Cells(),
        .. Networks(),
        .. Chains(),
    ];

    /// <summary>Every option and kind of type once, small: what depends on the project that it lands in, not on sizes.</summary>
    public static readonly IReadOnlyList<string> Representatives =
    [
        "[Lstm.LstmCell(Input = 2, Hidden = 3)]",
        "[Lstm.LstmCell(Input = 2, Hidden = 21, "
            + "Arithmetic = Lstm.Arithmetic.Portable, Accuracy = Lstm.Accuracy.Strict, Unrolling = Lstm.Unrolling.None)]",
        "[Lstm.LstmCell(Input = 2, Hidden = 3, Scalar = Lstm.Scalar.Double, Accuracy = Lstm.Accuracy.Strict)]",
        "[Lstm.LstmNetwork(Input = 1, Hidden = 5, Output = 3, Layers = 2)]",
        "[Lstm.DeepChain(Layers = 3)]",
        "[Lstm.DeepChain(Layers = 4, Width = 3, Kind = Lstm.ChainKind.Dense, Unrolling = Lstm.Unrolling.None, Scalar = Lstm.Scalar.Double)]",
    ];

    /// <summary>A file with one of these declarations. The type's name begins with the letter whose lower case is another one in Turkish.</summary>
    public static string Source(string declaration, int index) => $"namespace Demo.Shapes; {declaration} public partial struct Iota{index};";

    private static IEnumerable<string> Cells()
    {
        (int, int)[] sizes = [(1, 1), (3, 5), (1, 8), (7, 13), (1, 16), (2, 20), (16, 29), (24, 37), (128, 1), (1, 40), (128, 128)];
        foreach ((int input, int hidden) in sizes)
        {
            yield return $"[Lstm.LstmCell(Input = {input}, Hidden = {hidden})]";
        }

        yield return "[Lstm.LstmCell(Input = 2, Hidden = 3, Backward = false)]";
        yield return "[Lstm.LstmCell(Input = 24, Hidden = 37, Backward = false, Accuracy = Lstm.Accuracy.Strict)]";

        // Unrolling meets both arithmetics and both accuracies; all three at once print no line of their own.
        foreach ((string arithmetic, string accuracy, string unrolling) in new[]
        {
            ("Fused", "Standard", "Full"), ("Fused", "Strict", "None"), ("Portable", "Standard", "None"), ("Portable", "Strict", "Full"),
        })
        {
            string options = $"Arithmetic = Lstm.Arithmetic.{arithmetic}, Accuracy = Lstm.Accuracy.{accuracy}";
            yield return $"[Lstm.LstmCell(Input = 2, Hidden = 9, {options}, Unrolling = Lstm.Unrolling.{unrolling})]";
            yield return $"[Lstm.LstmCell(Input = 2, Hidden = 5, {options}, Scalar = Lstm.Scalar.Double)]";
        }

        yield return "[Lstm.LstmCell(Input = 2, Hidden = 21, Scalar = Lstm.Scalar.Double)]";
    }

    private static IEnumerable<string> Networks()
    {
        yield return "[Lstm.LstmNetwork(Input = 1, Hidden = 1, Output = 1)]";
        yield return "[Lstm.LstmNetwork(Input = 3, Hidden = 12, Output = 40, Layers = 2)]";
        yield return "[Lstm.LstmNetwork(Input = 2, Hidden = 5, Output = 4, Layers = 8)]";
        yield return "[Lstm.LstmNetwork(Input = 1, Hidden = 21, Output = 1, Layers = 3, Unrolling = Lstm.Unrolling.None)]";
        yield return "[Lstm.LstmNetwork(Input = 1, Hidden = 5, Output = 1, Layers = 2, "
            + "Accuracy = Lstm.Accuracy.Strict, Arithmetic = Lstm.Arithmetic.Portable, Unrolling = Lstm.Unrolling.Full)]";
        yield return "[Lstm.LstmNetwork(Input = 1, Hidden = 5, Output = 3, Layers = 2, Scalar = Lstm.Scalar.Double)]";
        yield return "[Lstm.LstmNetwork(Input = 128, Hidden = 128, Output = 128, Layers = 8)]";
        yield return "[Lstm.LstmNetwork(Input = 64, Hidden = 16, Output = 1, Layers = 2)]";
        yield return "[Lstm.LstmNetwork(Input = 100, Hidden = 3, Output = 1, Layers = 2, Scalar = Lstm.Scalar.Double)]";
        yield return "[Lstm.LstmNetwork(Input = 3, Hidden = 12, Output = 2, Layers = 2, Backward = false)]";
    }

    private static IEnumerable<string> Chains()
    {
        foreach (string kind in new[] { "Diagonal", "Dense" })
        {
            foreach ((int layers, int width) in new[] { (1, 1), (1, 16), (2, 2), (7, 5), (2, 16), (50, 2), (1000, 16) })
            {
                yield return $"[Lstm.DeepChain(Layers = {layers}, Width = {width}, Kind = Lstm.ChainKind.{kind})]";
            }

            yield return $"[Lstm.DeepChain(Layers = 4, Width = 3, Kind = Lstm.ChainKind.{kind}, Unrolling = Lstm.Unrolling.Full)]";
            yield return $"[Lstm.DeepChain(Layers = 4, Width = 3, Kind = Lstm.ChainKind.{kind}, Unrolling = Lstm.Unrolling.None)]";
            yield return $"[Lstm.DeepChain(Layers = 4, Width = 3, Kind = Lstm.ChainKind.{kind}, Scalar = Lstm.Scalar.Double)]";
            yield return $"[Lstm.DeepChain(Layers = 4, Width = 3, Kind = Lstm.ChainKind.{kind}, "
                + "Unrolling = Lstm.Unrolling.None, Scalar = Lstm.Scalar.Double)]";
        }
    }
}
