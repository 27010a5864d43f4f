using System;
using System.Collections.Generic;
using System.Linq;
using Lstm.Tasks.Learning;
using Lstm.Tasks.Sequences;
using Xunit;

namespace Lstm.Tasks.Tests;

public class ReberTests
{
    [Fact]
    public void DrawnStrings_AreOfTheGrammarAndFollowItsSets()
    {
        var random = new Random(1);
        for (int i = 0; i < 500; i++)
        {
            string text = ReberGrammar.Draw(random);
            IReadOnlyList<string>? followers = ReberGrammar.Followers(text);

            Assert.NotNull(followers);
            Assert.Equal(text.Length - 1, followers.Count);
            Assert.All(followers.Zip(text[1..]), static pair => Assert.Contains(pair.Second, pair.First));
        }
    }

    [Fact]
    public void Followers_AreThoseOfTheDiagram() =>
        Assert.Equal(["TP", "B", "TP", "SX", "SX", "XS", "E", "T", "E"], ReberGrammar.Followers("BTBTSXSETE"));

    [Theory]
    [InlineData("")]
    [InlineData("BTBTXSE")]      // without its end
    [InlineData("BTBTXSEPE")]    // another outer symbol
    [InlineData("BTBTXSETEE")]   // too long
    [InlineData("BTBTXSETB")]
    [InlineData("BXBTXSEXE")]
    [InlineData("BTBTVSETE")]    // no such edge
    [InlineData("BTBTXTTTTT")]
    public void OtherStrings_AreRefused(string text) => Assert.Null(ReberGrammar.Followers(text));

    [Fact]
    public void Sets_HaveNoStringInCommon()
    {
        var task = new Reber(seed: 3);

        Assert.Equal((256, 256), (task.TrainingStrings.Count, task.TestStrings.Count));
        Assert.Empty(task.TrainingStrings.Intersect(task.TestStrings));
        Assert.All(task.TrainingStrings.Concat(task.TestStrings), static text => Assert.NotNull(ReberGrammar.Followers(text)));
    }

    [Fact]
    public void AreLargest_NeedsAllOfThem()
    {
        Assert.True(Reber.AreLargest([0, 3, 2, 1, 1, 1, 1], "TP"));
        Assert.False(Reber.AreLargest([0, 3, 2, 2, 1, 1, 1], "TP"));
        Assert.False(Reber.AreLargest([0, 3, float.NaN, 1, 1, 1, 1], "TP"));
        Assert.False(Reber.AreLargest([4, 3, 2, 1, 1, 1, 1], "T"));
    }

    /// <summary>Who knows the grammar is right about all strings; who takes every outer symbol for T is wrong about those with P.</summary>
    [Fact]
    public void Test_CountsStringsWithAWrongPrediction()
    {
        var task = new Reber(seed: 3);

        Assert.Equal(0, task.Test(new Expert(outer: null)).Wrong);
        Assert.Equal(task.TestStrings.Count(static text => text[1] == 'P'), task.Test(new Expert(outer: 'T')).Wrong);
    }

    private sealed class Expert(char? outer) : IPredictor
    {
        public void Predict(Batch batch)
        {
            batch.Y.Clear();
            for (int n = 0; n < batch.Sequences; n++)
            {
                string text = string.Concat(Enumerable.Range(0, batch.Steps)
                    .Select(t => batch.Input(t, n).IndexOf(1f)).Where(static k => k >= 0).Select(static k => ReberGrammar.Symbols[k])) + "E";
                IReadOnlyList<string> followers = ReberGrammar.Followers(text)!;
                for (int t = 0; t < followers.Count; t++)
                {
                    string symbols = outer is { } symbol && t == followers.Count - 2 ? symbol.ToString() : followers[t];
                    foreach (char next in symbols)
                    {
                        batch.Output(t, n)[ReberGrammar.Symbols.IndexOf(next)] = 1;
                    }
                }
            }
        }
    }
}
