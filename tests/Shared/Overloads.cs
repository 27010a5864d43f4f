using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lstm.Kernels;

namespace Lstm.Testing;

/// <summary>The overloads for spans of float and of double, each pair as one method, so that one test runs over both.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal static class Overloads<T>
    where T : unmanaged
{
    public static Scalar Scalar => AreFloats ? Scalar.Single : Scalar.Double;

    private static bool AreFloats => typeof(T) == typeof(float);

    public static T Squared(ReadOnlySpan<T> yHat, ReadOnlySpan<T> y, Span<T> dYHat = default) => AreFloats
        ? From(Loss.Squared(Floats(yHat), Floats(y), Floats(dYHat)))
        : From(Loss.Squared(Doubles(yHat), Doubles(y), Doubles(dYHat)));

    public static T ErrorToSignal(ReadOnlySpan<T> yHat, ReadOnlySpan<T> y, Span<T> dYHat = default) => AreFloats
        ? From(Loss.ErrorToSignal(Floats(yHat), Floats(y), Floats(dYHat)))
        : From(Loss.ErrorToSignal(Doubles(yHat), Doubles(y), Doubles(dYHat)));

    public static T SoftmaxCrossEntropy(ReadOnlySpan<T> logits, int classes, ReadOnlySpan<int> targets, Span<T> dLogits = default) => AreFloats
        ? From(Loss.SoftmaxCrossEntropy(Floats(logits), classes, targets, Floats(dLogits)))
        : From(Loss.SoftmaxCrossEntropy(Doubles(logits), classes, targets, Doubles(dLogits)));

    public static T SoftmaxCrossEntropy(ReadOnlySpan<T> logits, int classes, ReadOnlySpan<T> targets, Span<T> dLogits = default) => AreFloats
        ? From(Loss.SoftmaxCrossEntropy(Floats(logits), classes, Floats(targets), Floats(dLogits)))
        : From(Loss.SoftmaxCrossEntropy(Doubles(logits), classes, Doubles(targets), Doubles(dLogits)));

    public static T Squared(ReadOnlySpan<T> yHat, ReadOnlySpan<T> y, ReadOnlySpan<T> weights, Span<T> dYHat) => AreFloats
        ? From(Loss.Squared(Floats(yHat), Floats(y), Floats(weights), Floats(dYHat)))
        : From(Loss.Squared(Doubles(yHat), Doubles(y), Doubles(weights), Doubles(dYHat)));

    public static T SoftmaxCrossEntropy(ReadOnlySpan<T> logits, int classes, ReadOnlySpan<int> targets, ReadOnlySpan<T> weights, Span<T> dLogits) =>
        AreFloats
            ? From(Loss.SoftmaxCrossEntropy(Floats(logits), classes, targets, Floats(weights), Floats(dLogits)))
            : From(Loss.SoftmaxCrossEntropy(Doubles(logits), classes, targets, Doubles(weights), Doubles(dLogits)));

    public static void Softmax(ReadOnlySpan<T> logits, Span<T> probabilities, T temperature)
    {
        if (AreFloats)
        {
            Loss.Softmax(Floats(logits), Floats(probabilities), To<float>(temperature));
        }
        else
        {
            Loss.Softmax(Doubles(logits), Doubles(probabilities), To<double>(temperature));
        }
    }

    public static int ArgMax(ReadOnlySpan<T> values) => AreFloats ? Loss.ArgMax(Floats(values)) : Loss.ArgMax(Doubles(values));

    public static int Next(Sampler sampler, ReadOnlySpan<T> logits, T temperature) => AreFloats
        ? sampler.Next(Floats(logits), To<float>(temperature))
        : sampler.Next(Doubles(logits), To<double>(temperature));

    public static double ByGlobalNorm(Span<T> gradient, T maxNorm) => AreFloats
        ? GradientClipping.ByGlobalNorm(Floats(gradient), To<float>(maxNorm))
        : GradientClipping.ByGlobalNorm(Doubles(gradient), To<double>(maxNorm));

    public static double ByGlobalNorm(Span<T> first, Span<T> second, T maxNorm) => AreFloats
        ? GradientClipping.ByGlobalNorm(Floats(first), Floats(second), To<float>(maxNorm))
        : GradientClipping.ByGlobalNorm(Doubles(first), Doubles(second), To<double>(maxNorm));

    public static bool Step(Adam adam, Span<T> parameters, ReadOnlySpan<T> gradient) => AreFloats
        ? adam.Step(Floats(parameters), Floats(gradient))
        : adam.Step(Doubles(parameters), Doubles(gradient));

    public static bool Step(Sgd sgd, Span<T> parameters, ReadOnlySpan<T> gradient) => AreFloats
        ? sgd.Step(Floats(parameters), Floats(gradient))
        : sgd.Step(Doubles(parameters), Doubles(gradient));

    public static void Descend(Span<T> parameters, ReadOnlySpan<T> gradient, T learningRate)
    {
        if (AreFloats)
        {
            Descent.Apply(Floats(parameters), Floats(gradient), To<float>(learningRate));
        }
        else
        {
            Descent.Apply(Doubles(parameters), Doubles(gradient), To<double>(learningRate));
        }
    }

    public static int UnmovedWeights(ReadOnlySpan<T> weights, ReadOnlySpan<T> gradient, T learningRate, Span<bool> unmoved = default) => AreFloats
        ? ChainHealth.UnmovedWeights(Floats(weights), Floats(gradient), To<float>(learningRate), unmoved)
        : ChainHealth.UnmovedWeights(Doubles(weights), Doubles(gradient), To<double>(learningRate), unmoved);

    public static double AddGradients<TGradient>(
        DataParallel<TGradient> parallel, int sequences, Span<T> gradient, ShardGradient<TGradient> shardGradient)
        where TGradient : unmanaged => AreFloats
        ? parallel.AddGradients(sequences, Floats(gradient), shardGradient)
        : parallel.AddGradients(sequences, Doubles(gradient), shardGradient);

    public static T Next(ref UniformRandom random, T bound) => AreFloats ? From(random.Next(To<float>(bound))) : From(random.Next(To<double>(bound)));

    private static ReadOnlySpan<float> Floats(ReadOnlySpan<T> values) => MemoryMarshal.Cast<T, float>(values);

    private static Span<float> Floats(Span<T> values) => MemoryMarshal.Cast<T, float>(values);

    private static ReadOnlySpan<double> Doubles(ReadOnlySpan<T> values) => MemoryMarshal.Cast<T, double>(values);

    private static Span<double> Doubles(Span<T> values) => MemoryMarshal.Cast<T, double>(values);

    private static T From<TNumber>(TNumber value) => Unsafe.As<TNumber, T>(ref value);

    private static TNumber To<TNumber>(T value) => Unsafe.As<T, TNumber>(ref value);
}
