using System;
using System.Numerics.Tensors;
using AmpModel;
using Lstm;

namespace WebSample;

/// <summary>
/// Learns a pedal from a pair of recordings, one update at a time, so that whoever calls it decides when to stop. The method and its constants are
/// those of samples/AmpModel: mini-batches of segments, truncated back-propagation through time, clipping, Adam.
/// </summary>
/// <remarks>
/// The network sees both signals at an RMS of 1. <see cref="CopyTo"/> moves these factors into the weights of the copy. All memory is allocated by
/// the constructor.
/// </remarks>
internal sealed class Learner
{
    private const int BatchSize = TrainingOptions.BatchSize;
    private const int WindowLength = TrainingOptions.WindowLength;

    private readonly TrainingOptions options;
    private readonly float dryScale;
    private readonly float wetScale;
    private readonly float[] dry;
    private readonly float[] wet;
    private readonly SegmentSampler segments;
    private readonly Adam adam;
    private readonly RunawayGuard guard = new(WebPedal.ParameterLength);
    private readonly int[] positions = new int[BatchSize];
    private readonly WebPedal.State[] states = new WebPedal.State[BatchSize];
    private readonly WebPedal.State[] dStates = new WebPedal.State[BatchSize];

    // Step after step, in each step the segments of the batch: T x N.
    private readonly float[] x = new float[WindowLength * BatchSize];
    private readonly float[] target = new float[WindowLength * BatchSize];
    private readonly float[] y = new float[WindowLength * BatchSize];
    private readonly float[] dY = new float[WindowLength * BatchSize];
    private readonly float[] tape = new float[WebPedal.TapeLength(WindowLength, BatchSize)];
    private readonly float[] warmUpY = new float[TrainingOptions.WarmUpLength];

    private WebPedal network;
    private WebPedal.Gradient gradient;
    private float rateFactor = 1;
    private int window;
    private double epochError;
    private int epochSamples;

    /// <summary>Begins with random weights.</summary>
    /// <param name="dry">What went into the pedal.</param>
    /// <param name="wet">What came out, as long as <paramref name="dry"/>.</param>
    /// <param name="options">Of these, learning rate and seed count.</param>
    public Learner(ReadOnlySpan<float> dry, ReadOnlySpan<float> wet, TrainingOptions options)
    {
        this.options = options;
        dryScale = 1 / AmpPair.Rms(dry);
        wetScale = 1 / AmpPair.Rms(wet);
        this.dry = new float[dry.Length];
        this.wet = new float[wet.Length];
        TensorPrimitives.Multiply(dry, dryScale, this.dry);
        TensorPrimitives.Multiply(wet, wetScale, this.wet);
        segments = new SegmentSampler(dry.Length, TrainingOptions.WarmUpLength, TrainingOptions.SegmentLength, options.Seed);
        network.Initialize(options.Seed, rememberBias: 1f);
        adam = new Adam(WebPedal.ParameterLength, options.LearningRate);
    }

    /// <summary>One window of every segment of the batch, forward and back, and one step of Adam.</summary>
    /// <param name="done">How much of the training is done, 0 to 1. It decides the learning rate.</param>
    /// <returns>The error-to-signal ratio of the batch: the squared error over the power of the whole training part.</returns>
    /// <exception cref="InputException">A gradient is not finite.</exception>
    public double Update(double done)
    {
        if (window == 0)
        {
            StartSegments();
        }

        double error = ForwardAndBackward();
        window = (window + 1) % (TrainingOptions.SegmentLength / WindowLength);
        GradientClipping.ByGlobalNorm(gradient.Values, TrainingOptions.LargestNorm);
        adam.LearningRate = rateFactor * options.LearningRateAt(done);
        if (!adam.Step(network.Parameters, gradient.Values))
        {
            throw new InputException("The training ran away: start it again.");
        }

        EndEpoch(error);
        return error / x.Length;
    }

    /// <summary>The weights of now, for signals as they were recorded.</summary>
    public void CopyTo(out WebPedal pedal)
    {
        pedal = network;
        for (int row = 0; row < WebPedal.HiddenSize; row++)
        {
            pedal.W(0, Gate.Remember, row, 0) *= dryScale;
            pedal.W(0, Gate.Save, row, 0) *= dryScale;
            pedal.W(0, Gate.Focus, row, 0) *= dryScale;
            pedal.W(0, Gate.Candidate, row, 0) *= dryScale;
            pedal.V(0, row) /= wetScale;
        }

        pedal.C(0) /= wetScale;
    }

    private void StartSegments()
    {
        Array.Clear(states);
        for (int i = 0; i < BatchSize; i++)
        {
            int start = segments.Next();
            network.Forward(dry.AsSpan(start, warmUpY.Length), ref states[i], warmUpY);
            positions[i] = start + warmUpY.Length;
        }
    }

    /// <summary>The sum of the squared errors of a window; its gradient replaces the last one.</summary>
    private double ForwardAndBackward()
    {
        for (int i = 0; i < BatchSize; i++)
        {
            for (int t = 0; t < WindowLength; t++)
            {
                x[(t * BatchSize) + i] = dry[positions[i] + t];
                target[(t * BatchSize) + i] = wet[positions[i] + t];
            }

            positions[i] += WindowLength;
        }

        network.Forward(x, states, y, tape);
        double error = 2 * Loss.Squared(y, target, dY);
        TensorPrimitives.Multiply(dY, 2f / dY.Length, dY);

        // Truncation: no gradient comes from behind the window.
        Array.Clear(dStates);
        gradient.Clear();
        network.Backward(x, tape, dY, dStates, ref gradient);
        return error;
    }

    /// <summary>After as many samples as the training part has: when the error has multiplied, training goes back to the best weights.</summary>
    private void EndEpoch(double error)
    {
        epochError += error;
        epochSamples += x.Length;
        if (epochSamples < dry.Length)
        {
            return;
        }

        if (guard.Restores(epochError / epochSamples, network.Parameters))
        {
            adam.Reset();
            rateFactor /= 2;
            window = 0;
        }

        (epochError, epochSamples) = (0, 0);
    }
}
