using System;
using Xunit;

namespace Lstm.Runtime.Tests;

/// <summary>What losses and choices say about arguments that do not fit: the parameter, both lengths, and where the right one comes from.</summary>
public sealed class LossMessageTests
{
    private static readonly float[] Logits = new float[6];

    private static readonly string OptionalLogits =
        "'dLogits' must have length 6, but its length is 5. It must be as long as 'logits', or empty where it is not wanted.";

    private static readonly string OneTarget = "'targets' must have length 2, but its length is 1. It has the class of each row of 'logits'.";

    [Fact]
    public void CrossEntropyOfClasses_SaysWhatDoesNotFit()
    {
        Refuses("'classes' must be at least 1, but it is 0.", () => Loss.SoftmaxCrossEntropy(Logits, 0, new int[2]));
        Refuses(
            "'logits' must have a length that is a multiple of 4, but its length is 6. A row has a logit for each of the 'classes'.",
            () => Loss.SoftmaxCrossEntropy(Logits, 4, new int[2]));
        Refuses(OptionalLogits, () => Loss.SoftmaxCrossEntropy(Logits, 3, new int[2], new float[5]));
        Refuses(OneTarget, () => Loss.SoftmaxCrossEntropy(Logits, 3, new int[1]));
    }

    [Fact]
    public void CrossEntropyWithWeights_SaysWhatDoesNotFit()
    {
        float[] weights = new float[2];
        Refuses(OptionalLogits, () => Loss.SoftmaxCrossEntropy(Logits, 3, new int[2], weights, new float[5]));
        Refuses(OneTarget, () => Loss.SoftmaxCrossEntropy(Logits, 3, new int[1], weights, new float[6]));
        Refuses(
            "Each of 'targets' must be less than 3, the number of 'classes', or negative for no target, but targets[1] is 3.",
            () => Loss.SoftmaxCrossEntropy(Logits, 3, [0, 3], weights, new float[6]));
        Refuses(
            "'weights' must have length 2, but its length is 1. It has a weight for each row of 'logits'.",
            () => Loss.SoftmaxCrossEntropy(Logits, 3, new int[2], new float[1], new float[6]));
    }

    [Fact]
    public void OtherLosses_SayWhatDoesNotFit()
    {
        Refuses(
            "'targets' must have length 6, but its length is 5. It must be as long as 'logits'.",
            () => Loss.SoftmaxCrossEntropy(Logits, 3, new float[5]));
        Refuses(
            "'dYHat' must have length 3, but its length is 2. It must be as long as 'yHat', or empty where it is not wanted.",
            () => Loss.Squared(new float[3], new float[3], new float[2]));
    }

    [Fact]
    public void Choices_SayWhatDoesNotFit()
    {
        Refuses(
            "'probabilities' must have length 6, but its length is 5. It must be as long as 'logits'.", () => Loss.Softmax(Logits, new float[5]));
        Refuses("'temperature' must be finite and above 0, but it is 0.", () => Loss.Softmax(Logits, new float[6], 0));
        Refuses(
            "'values' must have a length of at least 1, but its length is 0. There must be something to choose from.",
            () => Loss.ArgMax(ReadOnlySpan<float>.Empty));
        Refuses(
            "'logits' must have a length of at least 1, but its length is 0. There must be something to choose from.",
            () => new Sampler(1).Next(ReadOnlySpan<float>.Empty));
        Refuses(
            "All of 'logits' are negative infinity: there is no class to draw.",
            () => new Sampler(1).Next([float.NegativeInfinity, float.NegativeInfinity]));
    }

    private static void Refuses(string message, Action call) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(call).Message, StringComparison.Ordinal);
}
