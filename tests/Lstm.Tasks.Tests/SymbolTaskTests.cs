using System;
using System.Collections.Generic;
using System.Linq;
using Lstm.Tasks.Learning;
using Lstm.Tasks.Sequences;
using Xunit;

namespace Lstm.Tasks.Tests;

public class SymbolTaskTests
{
    [Theory]
    [InlineData(2, new[] { 10, 50 })]
    [InlineData(3, new[] { 10, 33, 66 })]
    public void TemporalOrder_HoldsToItsDefinition(int symbols, int[] places)
    {
        var task = new TemporalOrder(symbols, seed: 1);
        var batch = new Batch(task.LargestSteps, 20, task.InputSize, task.OutputSize);
        var seen = new HashSet<int>();
        for (int draw = 0; draw < 10; draw++)
        {
            task.Draw(batch);

            Assert.InRange(batch.Steps, 100, 110);
            for (int n = 0; n < batch.Sequences; n++)
            {
                string text = Text(batch, n, "abcdXYEB");
                int[] relevant = [.. Enumerable.Range(0, text.Length).Where(t => text[t] is 'X' or 'Y')];
                int order = relevant.Aggregate(0, (sum, t) => (2 * sum) + (text[t] == 'Y' ? 1 : 0));

                Assert.Equal(('E', 'B'), (text[0], text[^1]));
                Assert.Equal(symbols, relevant.Length);
                Assert.All(relevant.Zip(places), static pair => Assert.InRange(pair.First, pair.Second, pair.Second + 10));
                Assert.DoesNotContain(text[1..^1], static symbol => symbol is 'E' or 'B');
                Assert.Equal(order, batch.Class(batch.Steps - 1, n));
                Assert.Single(batch.Classes.ToArray().Where((_, i) => i % batch.Sequences == n), static k => k >= 0);
                seen.Add(order);
            }
        }

        Assert.Equal(1 << symbols, seen.Count);
    }

    /// <summary>Two classes with logits 2 and 0 over two very low ones: probabilities 0.88 and 0.12.</summary>
    [Fact]
    public void TemporalOrder_ErrorIsTheLargestOfAnOutput()
    {
        var task = new TemporalOrder(2, seed: 1);
        var batch = new Batch(task.LargestSteps, 1, task.InputSize, task.OutputSize);
        task.Draw(batch);
        Span<float> y = batch.Output(batch.Steps - 1, 0);
        y.Fill(-100);
        y[batch.Class(batch.Steps - 1, 0)] = 2;
        y[(batch.Class(batch.Steps - 1, 0) + 1) % 4] = 0;

        task.Judge(batch);

        Assert.Equal(0.1192, batch.Errors[0], 1e-4); // 1 / (1 + e^2)
    }

    [Fact]
    public void Copy_HoldsToItsDefinition()
    {
        var task = new Copy(delay: 7, seed: 1);
        var batch = new Batch(task.LargestSteps, 5, task.InputSize, task.OutputSize);

        task.Draw(batch);

        Assert.Equal(27, batch.Steps);
        for (int n = 0; n < batch.Sequences; n++)
        {
            string text = Text(batch, n, "01234567_!");
            Assert.All(text[..10], static symbol => Assert.True(char.IsAsciiDigit(symbol)));
            Assert.Equal("______!__________", text[10..]); // T - 1 blanks, the signal, ten blanks
            int[] classes = [.. Enumerable.Range(0, 27).Select(t => batch.Class(t, n))];
            Assert.All(classes[..17], static blank => Assert.Equal(8, blank));
            Assert.Equal(text[..10], string.Concat(classes[17..]));
        }
    }

    [Fact]
    public void Copy_ErrorIsTheShareOfWrongSymbols()
    {
        var task = new Copy(delay: 7, seed: 1);
        var batch = new Batch(task.LargestSteps, 2, task.InputSize, task.OutputSize);
        task.Draw(batch);
        batch.Y.Clear();
        for (int t = 17; t < 27; t++)
        {
            batch.Output(t, 0)[t < 20 ? 8 : batch.Class(t, 0)] = 1; // blank instead of the first three
            batch.Output(t, 1)[batch.Class(t, 1)] = 1;
        }

        task.Judge(batch);

        Assert.Equal([0.3, 0], batch.Errors);
    }

    private static string Text(Batch batch, int n, string symbols) => string.Concat(Enumerable.Range(0, batch.Steps).Select(t =>
    {
        float[] input = batch.Input(t, n).ToArray();
        Assert.Equal(1, input.Sum());
        return symbols[Array.IndexOf(input, 1f)];
    }));
}
