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
/// Each thread takes some segments at once. The order of the sums does not depend on the number of threads.
/// The loss is the squared error over the power of the whole training part, so that quiet passages weigh as little as they are heard.</para>
/// <para>The network sees both signals at an RMS of 1; <see cref="FoldScales"/> moves these factors into its weights at the end, so
/// that it then runs on the signals as recorded.</para>
/// <para>When the loss of an epoch has multiplied, training goes back to the best epoch and on with half the learning rate.</para>
/// <para>The test part is listened to now and then, and never decides anything: the weights are the last ones, not the best ones.</para>
/// <para>All memory is allocated by the constructor.</para>
/// </remarks>
internal sealed class AmpTrainer<TNetwork, TState, TGradient> : IDisposable
    where TNetwork : unmanaged, IAmpNetwork<TNetwork, TState, TGradient>
    where TState : unmanaged
    where TGradient : unmanaged, IGradient<float>
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
    private readonly AlignedMemory<TState> dStates = new(BatchSize);
    private readonly AlignedMemory<TState> testState = new();
    private readonly DataParallel<TGradient> parallel;
    private readonly ShardGradient<TGradient> shardGradient;
    private readonly AlignedMemory<float>[] tapes; // one for each shard
    private readonly Adam adam;
    private readonly RunawayGuard guard;
    private readonly SegmentSampler segments;

    private readonly float dryScale;
    private readonly float wetScale;
    private readonly float[] trainDry;
    private readonly float[] trainWet;
    private readonly float[] testDry;
    private readonly float[] testWet;
    private readonly float[] testY;

    private readonly int[] positions = new int[BatchSize];

    // Shard after shard, in each one step after the other, in each step its segments: T x N.
    private readonly float[] x = new float[BatchSize * WindowLength];
    private readonly float[] target = new float[BatchSize * WindowLength];
    private readonly float[] y = new float[BatchSize * WindowLength];
    private readonly float[] dY = new float[BatchSize * WindowLength];
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

        parallel = new DataParallel<TGradient>(options.Threads, TrainingOptions.ShardSize);
        shardGradient = ForwardAndBackward;
        tapes = new AlignedMemory<float>[parallel.ShardCount(BatchSize)];
        for (int shard = 0; shard < tapes.Length; shard++)
        {
            tapes[shard] = new AlignedMemory<float>(TNetwork.TapeLength(WindowLength, parallel.ShardAt(BatchSize, shard).Count));
        }

        network.Value.Initialize(options.Seed, rememberBias: 1f);
        adam = new Adam(network.Value.Parameters.Length, options.LearningRate);
        guard = new RunawayGuard(network.Value.Parameters.Length);
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
        var sinceEvaluation = default(MeanError);
        var sinceEpoch = default(MeanError);
        float rateFactor = 1;
        int window = 0;
        while (status.Done < 1 && !cancellation.IsCancellationRequested)
        {
            if (window == 0)
            {
                StartSegments();
            }

            double error = Update(rateFactor * options.LearningRateAt(status.Done));
            window = (window + 1) % (TrainingOptions.SegmentLength / WindowLength);
            sinceEvaluation.Add(error, BatchSize * WindowLength);
            sinceEpoch.Add(error, BatchSize * WindowLength);

            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            long updates = status.Updates + 1;
            double done = Math.Min(1, Math.Max(seconds / options.Seconds, (double)updates / options.Updates));
            bool evaluate = done >= nextEvaluation || cancellation.IsCancellationRequested;
            status = new TrainingStatus(
                seconds, done, updates, status.Epoch, sinceEvaluation.Value, evaluate ? TestEsr() : status.TestEsr, evaluate);
            if (evaluate)
            {
                double share = (Stopwatch.GetElapsedTime(start).TotalSeconds - seconds) / options.Seconds;
                nextEvaluation = Math.Min(1, done + Math.Max(EvaluationInterval, share / LargestEvaluationShare));
                sinceEvaluation = default;
            }

            if (evaluate || seconds >= nextReport)
            {
                report(status);
                nextReport = seconds + ReportSeconds;
            }

            if (sinceEpoch.Samples >= trainDry.Length)
            {
                if (guard.Restores(sinceEpoch.Value, network.Value.Parameters))
                {
                    adam.Reset();
                    rateFactor /= 2;
                    window = 0;
                }

                status = status with { Epoch = status.Epoch + 1 };
                sinceEpoch = default;
            }
        }

        return status;
    }

    /// <summary>Moves the factors between the signals as recorded and as trained on into the weights. Call once, after training.</summary>
    public void FoldScales()
    {
        ref TNetwork net = ref network.Value;
        for (int row = 0; row < TNetwork.HiddenSize; row++)
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
        parallel.Dispose();
        network.Dispose();
        gradient.Dispose();
        states.Dispose();
        dStates.Dispose();
        testState.Dispose();
        foreach (AlignedMemory<float> tape in tapes)
        {
            tape.Dispose();
        }
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
        Span<float> values = gradient.Value.Values;
        values.Clear();
        double error = parallel.AddGradients(BatchSize, values, shardGradient);
        GradientClipping.ByGlobalNorm(values, TrainingOptions.LargestNorm);
        adam.LearningRate = learningRate;
        return adam.Step(network.Value.Parameters, values)
            ? error
            : throw new InputException("The training ran away (a gradient is not finite): use a smaller --learning-rate.");
    }

    /// <summary>One window of some segments, on any thread.</summary>
    /// <returns>The sum of the squared errors.</returns>
    private double ForwardAndBackward(Shard shard, ref TGradient own)
    {
        int start = shard.First * WindowLength;
        int length = shard.Count * WindowLength;
        Span<float> shardX = x.AsSpan(start, length);
        Span<float> shardTarget = target.AsSpan(start, length);
        Span<float> shardY = y.AsSpan(start, length);
        Span<float> shardDY = dY.AsSpan(start, length);
        Span<TState> shardDStates = dStates.GetSpan().Slice(shard.First, shard.Count);
        Span<float> tape = tapes[shard.Index].GetSpan();

        for (int i = 0; i < shard.Count; i++)
        {
            ref int position = ref positions[shard.First + i];
            CopyColumn(trainDry.AsSpan(position, WindowLength), shardX, i, shard.Count);
            CopyColumn(trainWet.AsSpan(position, WindowLength), shardTarget, i, shard.Count);
            position += WindowLength;
        }

        network.Value.Forward(shardX, states.GetSpan().Slice(shard.First, shard.Count), shardY, tape);

        // The mean of squared errors of a signal with RMS 1 is its error-to-signal ratio.
        double error = 2 * Loss.Squared(shardY, shardTarget, shardDY);
        TensorPrimitives.Multiply(shardDY, 2f / (BatchSize * WindowLength), shardDY);

        // Truncation: no gradient comes from behind the window.
        shardDStates.Clear();
        network.Value.Backward(shardX, tape, shardDY, shardDStates, ref own, default);
        return error;
    }

    private static void CopyColumn(ReadOnlySpan<float> values, Span<float> rows, int column, int columns)
    {
        for (int row = 0; row < values.Length; row++)
        {
            rows[(row * columns) + column] = values[row];
        }
    }

    private double TestEsr()
    {
        testState.Value = default;
        network.Value.Forward(testDry, ref testState.Value, testY);
        return Loss.ErrorToSignal(testY, testWet);
    }

    private struct MeanError
    {
        private double sum;

        public long Samples { get; private set; }

        public readonly double Value => sum / Samples;

        public void Add(double error, int samples)
        {
            sum += error;
            Samples += samples;
        }
    }
}
