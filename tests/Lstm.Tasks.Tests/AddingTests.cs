using System;
using System.Linq;
using Lstm.Tasks.Learning;
using Lstm.Tasks.Sequences;
using Xunit;

namespace Lstm.Tasks.Tests;

public class AddingTests
{
    [Theory]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(101)]
    public void Hochreiter_HoldsToItsDefinition(int steps)
    {
        var task = new Adding(AddingForm.Hochreiter, steps, seed: 1);
        var batch = new Batch(task.LargestSteps, 50, task.InputSize, task.OutputSize);
        bool firstPairMarked = false;
        for (int draw = 0; draw < 20; draw++)
        {
            task.Draw(batch);

            Assert.InRange(batch.Steps, steps, steps + (steps / 10));
            for (int n = 0; n < batch.Sequences; n++)
            {
                float[] values = [.. Enumerable.Range(0, batch.Steps).Select(t => batch.Input(t, n)[0])];
                float[] markers = [.. Enumerable.Range(0, batch.Steps).Select(t => batch.Input(t, n)[1])];
                int[] marked = [.. Enumerable.Range(0, batch.Steps).Where(t => markers[t] == 1)];

                Assert.All(values, static value => Assert.InRange(value, -1, 1));
                Assert.Equal(2, marked.Length);
                Assert.True(marked[0] < Math.Min(10, steps / 2) && marked[1] < steps / 2, "the marks are not where they belong");
                Assert.Equal(-1, markers[^1]);
                Assert.Equal(marked[0] == 0 ? 1 : -1, markers[0]);
                Assert.All(markers[1..^1], static marker => Assert.True(marker is 0 or 1));
                Assert.Equal(values[marked[0]] + values[marked[1]], batch.Sums[n]);
                if (marked[0] == 0)
                {
                    firstPairMarked = true;
                    Assert.Equal(0, values[0]);
                }
            }
        }

        Assert.True(firstPairMarked, "no sequence had a marked first pair: draw more");
    }

    [Fact]
    public void Hochreiter_DrawsEveryLengthAndBothOrdersOfMarks()
    {
        var task = new Adding(AddingForm.Hochreiter, 40, seed: 1);
        var batch = new Batch(task.LargestSteps, 1, task.InputSize, task.OutputSize);
        int[] lengths = new int[5];
        for (int draw = 0; draw < 300; draw++)
        {
            task.Draw(batch);
            lengths[batch.Steps - 40]++;
        }

        Assert.All(lengths, static count => Assert.True(count > 20));
    }

    [Fact]
    public void Unit_MarksOnePairInEachHalf()
    {
        var task = new Adding(AddingForm.Unit, 30, seed: 1);
        var batch = new Batch(task.LargestSteps, 200, task.InputSize, task.OutputSize);

        task.Draw(batch);

        Assert.Equal(30, batch.Steps);
        for (int n = 0; n < batch.Sequences; n++)
        {
            int[] marked = [.. Enumerable.Range(0, 30).Where(t => batch.Input(t, n)[1] != 0)];
            Assert.Equal(2, marked.Length);
            Assert.InRange(marked[0], 0, 14);
            Assert.InRange(marked[1], 15, 29);
            Assert.All(Enumerable.Range(0, 30), t => Assert.InRange(batch.Input(t, n)[0], 0, 1));
            Assert.Equal(batch.Input(marked[0], n)[0] + batch.Input(marked[1], n)[0], batch.Sums[n]);
        }
    }

    /// <summary>The paper's answer is 0.5 + sum / 4, so an error of the sum of 0.2 is one of 0.05, and only the last step has a gradient.</summary>
    [Theory]
    [InlineData(false, 0.05)]
    [InlineData(true, 0.1)]
    public void Judge_MeasuresTheErrorAtTheEndInTheUnitOfThePaper(bool unit, double expected)
    {
        var task = new Adding(unit ? AddingForm.Unit : AddingForm.Hochreiter, 20, seed: 1);
        var batch = new Batch(task.LargestSteps, 2, task.InputSize, task.OutputSize);
        task.Draw(batch);
        batch.Y.Fill(7);
        batch.Output(batch.Steps - 1, 0)[0] = batch.Sums[0] + 0.2f;
        batch.Output(batch.Steps - 1, 1)[0] = batch.Sums[1];

        task.Judge(batch);

        Assert.Equal(expected, batch.Errors[0], 1e-6); // floats near 1
        Assert.Equal(0, batch.Errors[1]);
        Assert.Equal(0.2f, batch.DY[^2], 1e-6f);
        Assert.All(batch.DY[..^2].ToArray(), static d => Assert.Equal(0, d));
    }
}
