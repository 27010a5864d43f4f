using System.Linq;
using Lstm.Generators.Model;
using Lstm.Generators.Planning;
using Xunit;

namespace Lstm.Generators.Tests.Planning;

public class TapePlanTests
{
    private static readonly TargetType Target = new(string.Empty, default, new TypeDeclaration("struct", "Model"), "Model.g.cs");

    [Fact]
    public void Types_WhoseTapesDiffer_HaveMarksOfTheirOwn()
    {
        int[] marks =
        [
            Cell(3, 5), Cell(4, 5), Cell(3, 6), Cell(3, 5, AccuracyKind.Strict), Cell(3, 5, scalar: ScalarKind.Double),
            Network(3, 5, 1, 1), Network(3, 5, 2, 1), Network(3, 5, 1, 2),
        ];

        Assert.Equal(marks.Distinct(), marks);
        Assert.All(marks, mark => Assert.InRange(mark, 1 << 23, (1 << 24) - 1));
    }

    private static int Cell(int input, int hidden, AccuracyKind accuracy = AccuracyKind.Standard, ScalarKind scalar = ScalarKind.Single) =>
        LstmCellPlanner.Plan(new(Target, input, hidden, ArithmeticKind.Fused, accuracy, UnrollingKind.Auto, scalar)).Tape.Mark;

    private static int Network(int input, int hidden, int output, int layers) => LstmNetworkPlanner.Plan(
        new(Target, input, hidden, output, layers, ArithmeticKind.Fused, AccuracyKind.Standard, UnrollingKind.Auto)).Tape.Mark;
}
