using System.Linq;
using Lstm.Integration.Types.Doubles;
using Xunit;

namespace Lstm.Integration.Tests.Recurrent;

/// <summary>dL/dw by central differences of the generated forward pass itself, which takes the digits of doubles.</summary>
public class FiniteDifferenceTests
{
    private const double H = 1e-5;

    [Theory]
    [InlineData(nameof(Cell3x5))]
    [InlineData(nameof(Cell3x5Looped))]
    [InlineData(nameof(Network2x5x4Layers3))]
    public void Gradients_AreTheDifferencesOfTheLoss(string name)
    {
        ModelUnderTest<double> model = ModelUnderTest<double>.Of(name).Seeded(3);
        Sequence<double> sequence = Sequence<double>.Random(model, 4, 4);
        Outcome<double>.OfBackward(model, sequence);

        foreach (Tensor tensor in model.Tensors)
        {
            double[] gradient = model.Read(Part.Gradient, tensor);
            for (int i = 0; i < gradient.Length; i++)
            {
                ref double weight = ref model.At(Part.Value, tensor, i / tensor.Columns, i % tensor.Columns);
                double before = weight;
                weight = before + H;
                double above = Loss(model, sequence);
                weight = before - H;
                double below = Loss(model, sequence);
                weight = before;

                // The differences' own error is h^2 of the third derivative and 1e-16 / h of the loss: 1e-10 or so.
                Assert.Equal((above - below) / (2 * H), gradient[i], 1e-8);
            }
        }
    }

    private static double Loss(ModelUnderTest<double> model, Sequence<double> sequence)
    {
        double[] y = Outcome<double>.OfForward(model, sequence).Y;
        return Dot(y, sequence.DY) + Dot(model.LongTermMemories(Part.Value), sequence.DLtmT) + Dot(model.WorkingMemories(Part.Value), sequence.DWmT);
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
