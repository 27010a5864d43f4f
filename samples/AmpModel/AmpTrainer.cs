using System;
using System.Diagnostics;
using System.Numerics.Tensors;
using System.Threading;
using Lstm;

namespace AmpModel;

/// <summary>
/// Trains a generated network on a pair: mini-batches of segments, truncated back-propagation through time, clipping, Adam.
/// </summary>
/// <remarks>
/// <para>Per update, every segment of the batch goes one window forward, from the state in which its last window ended, and back.
/// The loss is the squared error over the power of the whole training part, so that quiet passages weigh as little as they are heard.</para>
/// <para>The network sees both signals at an RMS of 1; <see cref="FoldScales"/> moves these factors into its weights at the end, so
/// that it then runs on the signals as recorded.</para>
/// <para>The test part is listened to now and then, and never decides anything: the weights are the last ones, not the best ones.</para>
/// <para>All memory is allocated by the constructor.</para>
/// </remarks>
internal sealed class AmpTrainer<TNetwork, TState, TGradient> : IDisposable
    where TNetwork : unmanaged, IAmpNetwork<TState, TGradient>
    where TState : unmanaged
    where TGradient : unmanaged
{
    private const int BatchSize = TrainingOptions.BatchSize;
    private const int WindowLength = TrainingOptions.WindowLength;

    // Evaluations are part of the time: fifty of them, or as many as fit in a twentieth of it.
    private const double EvaluationInterval = 1.0 / 50;
    private const double LargestEvaluationShare = 1.0 / 20;
    private const double ReportSeconds = 0.1;

    private readonly TrainingOptions options;
    private readonly AlignedMemory<TNetwork> network = new();
    private readonly AlignedMemory<TGradient> gradient = new();
    private readonly AlignedMemory<TState> states = new(BatchSize);
    private readonly AlignedMemory<TState> dState = new();
    private readonly AlignedMemory<TState> testState = new();
    private readonly AlignedMemory<float> tape = new(TNetwork.TapeLength(WindowLength));
    private readonly Adam adam;
    private readonly SegmentSampler segments;

    private readonly float dryScale;
    private readonly float wetScale;
    private readonly float[] trainDry;
    private readonly float[] trainWet;
    private readonly float[] testDry;
    private readonly float[] testWet;
    private readonly float[] testY;

    private readonly int[] positions = new int[BatchSize];
    private readonly float[] y = new float[WindowLength];
    private readonly float[] dY = new float[WindowLength];
    private readonly float[] warmUpY = new float[TrainingOptions.WarmUpLength];

    /// <summary>Prepares a training.</summary>
    public AmpTrainer(AmpPair pair, TrainingOptions options)
    {
        this.options = options;
        dryScale = 1 / AmpPair.Rms(pair.TrainDry);
        wetScale = 1 / AmpPair.Rms(pair.TrainWet);
        trainDry = Scaled(pair.TrainDry, dryScale);
        trainWet = Scaled(pair.TrainWet, wetScale);
        testDry = Scaled(pair.TestDry, dryScale);
        testWet = Scaled(pair.TestWet, wetScale);
        testY = new float[testWet.Length];

        network.Value.Initialize(options.Seed, rememberBias: 1f);
        adam = new Adam(network.Value.Parameters.Length, options.LearningRate);
        segments = new SegmentSampler(trainDry.Length, TrainingOptions.WarmUpLength, TrainingOptions.SegmentLength, options.Seed);
    }

    /// <summary>The network.</summary>
    public ref TNetwork Network => ref network.Value;

    /// <summary>Trains until the time is up, or the updates are done, or somebody cancels.</summary>
    /// <param name="report">Called about ten times a second, and at every evaluation.</param>
    /// <param name="cancellation">Stops after the current update; what was learned so far is kept.</param>
    /// <returns>Where the training ended.</returns>
    /// <exception cref="InputException">The weights ran away.</exception>
    public TrainingStatus Train(Action<TrainingStatus> report, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        var status = new TrainingStatus(Seconds: 0, Done: 0, Updates: 0, Epoch: 1, TrainEsr: double.NaN, TestEsr: double.NaN, Evaluated: false);
        double nextReport = 0;
        double nextEvaluation = EvaluationInterval;
        double error = 0;
        long heard = 0;
        long heardSinceEvaluation = 0;
        while (status.Done < 1 && !cancellation.IsCancellationRequested)
        {
            if (status.Updates % (TrainingOptions.SegmentLength / WindowLength) == 0)
            {
                StartSegments();
            }

            error += Update(options.LearningRateAt(status.Done));
            heard += BatchSize * WindowLength;
            heardSinceEvaluation += BatchSize * WindowLength;

            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            long updates = status.Updates + 1;
            double done = Math.Min(1, Math.Max(seconds / options.Seconds, (double)updates / options.Updates));
            bool evaluate = done >= nextEvaluation || cancellation.IsCancellationRequested;
            status = new TrainingStatus(
                seconds, done, updates, 1 + (int)(heard / trainDry.Length), error / heardSinceEvaluation, evaluate ? TestEsr() : status.TestEsr, evaluate);
            if (evaluate)
            {
                double share = (Stopwatch.GetElapsedTime(start).TotalSeconds - seconds) / options.Seconds;
                nextEvaluation = Math.Min(1, done + Math.Max(EvaluationInterval, share / LargestEvaluationShare));
                error = 0;
                heardSinceEvaluation = 0;
            }

            if (evaluate || seconds >= nextReport)
            {
                report(status);
                nextReport = seconds + ReportSeconds;
            }
        }

        return status;
    }

    /// <summary>Moves the factors between the signals as recorded and as trained on into the weights. Call once, after training.</summary>
    public void FoldScales()
    {
        ref TNetwork net = ref network.Value;
        for (int row = 0; row < TNetwork.Hidden; row++)
        {
            net.W(0, Gate.Remember, row, 0) *= dryScale;
            net.W(0, Gate.Save, row, 0) *= dryScale;
            net.W(0, Gate.Focus, row, 0) *= dryScale;
            net.W(0, Gate.Candidate, row, 0) *= dryScale;
            net.V(0, row) /= wetScale;
        }

        net.C(0) /= wetScale;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        network.Dispose();
        gradient.Dispose();
        states.Dispose();
        dState.Dispose();
        testState.Dispose();
        tape.Dispose();
    }

    private static float[] Scaled(ReadOnlySpan<float> signal, float scale)
    {
        float[] scaled = new float[signal.Length];
        TensorPrimitives.Multiply(signal, scale, scaled);
        return scaled;
    }

    private void StartSegments()
    {
        states.GetSpan().Clear();
        for (int i = 0; i < BatchSize; i++)
        {
            int start = segments.Next();
            network.Value.Forward(trainDry.AsSpan(start, warmUpY.Length), ref states.GetSpan()[i], warmUpY);
            positions[i] = start + warmUpY.Length;
        }
    }

    /// <summary>One window of every segment of the batch, and one step of Adam.</summary>
    /// <returns>The sum of the squared errors.</returns>
    private double Update(float learningRate)
    {
        Span<float> values = TNetwork.Values(ref gradient.Value);
        values.Clear();
        double error = 0;
        for (int i = 0; i < BatchSize; i++)
        {
            ReadOnlySpan<float> x = trainDry.AsSpan(positions[i], WindowLength);
            ReadOnlySpan<float> target = trainWet.AsSpan(positions[i], WindowLength);
            network.Value.Forward(x, ref states.GetSpan()[i], y, tape.GetSpan());

            // The mean of squared errors of a signal with RMS 1 is its error-to-signal ratio.
            error += 2 * Loss.Squared(y, target, dY);
            TensorPrimitives.Multiply(dY, 2f / (BatchSize * WindowLength), dY);

            // Truncation: no gradient comes from behind the window.
            dState.Value = default;
            network.Value.Backward(x, tape.GetSpan(), dY, ref dState.Value, ref gradient.Value, default);
            positions[i] += WindowLength;
        }

        GradientClipping.ByGlobalNorm(values, TrainingOptions.LargestNorm);
        adam.LearningRate = learningRate;
        return adam.Step(network.Value.Parameters, values)
            ? error
            : throw new InputException("The training ran away (a gradient is not finite): use a smaller --learning-rate.");
    }

    private double TestEsr()
    {
        testState.Value = default;
        network.Value.Forward(testDry, ref testState.Value, testY);
        return Loss.ErrorToSignal(testY, testWet);
    }
}
