using System.Linq;
using Lstm.Generators.Tests.Infrastructure;
using Xunit;

namespace Lstm.Generators.Tests.Output;

/// <summary>How much is generated, and how wide: a compiler binds every line of it, and a person reads some.</summary>
public sealed class GeneratedTextTests
{
    private const int Columns = 160;

    [Fact]
    public void EveryLine_FitsOnTheScreen()
    {
        string[] sources =
        [
            // A name alone may be longer than the screen is wide.
            .. Declarations.Places.Where(place => place.Key != "long names").SelectMany(place => place.Value),
            .. Declarations.Shapes.Select(Declarations.Source),
            """
            [Lstm.LstmNetwork(Input = 100, Hidden = 700, Output = 100, Layers = 2, Scalar = Lstm.Scalar.Double, Arithmetic = Lstm.Arithmetic.Portable,
                Unrolling = Lstm.Unrolling.None)]
            partial struct Widest;
            """,
        ];
        string[] wide =
        [
            .. GeneratorRun.Files(TestCompilation.Create(sources)).SelectMany(file => Lines(file.Text)
                .Select((line, index) => (Line: line, Place: $"{file.HintName}:{index + 1}"))
                .Where(item => item.Line.Length > Columns)
                .Select(item => $"{item.Place}: {item.Line.Length} columns: {item.Line.Trim()}")),
        ];
        Assert.True(wide.Length == 0, $"{wide.Length} lines are over {Columns} columns, for example\n{string.Join('\n', wide.Take(10))}");
    }

    // About half of what it was when every generated type still repeated the code that depends on no size.
    [Theory]
    [InlineData("LstmCell(Input = 2, Hidden = 3)", 1_650, 100_000)]
    [InlineData("LstmNetwork(Input = 1, Hidden = 16, Output = 1)", 2_633, 175_500)]
    public void SmallType_IsLittleText(string attribute, int lines, int characters)
    {
        string text = Assert.Single(GeneratorRun.Files(TestCompilation.Create($"[Lstm.{attribute}] public partial struct Model;"))).Text;

        Assert.True(
            Lines(text).Length <= lines && text.Length <= characters,
            $"{Lines(text).Length} lines and {text.Length} characters; at most {lines} and {characters} are allowed.");
    }

    private static string[] Lines(string text) => text.TrimEnd('\n').Split('\n');
}
