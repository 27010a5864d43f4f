using System;
using System.Threading;
using Lstm;
using Xunit;

namespace AmpModel.Tests;

public class AmpTrainerTests
{
    private const int Length = 20_000;

    [Theory]
    [InlineData(831_614, 44_100, 220_500)] // the recording that comes with the sample: the last 5 s
    [InlineData(96_000, 8_000, 25_920)] // 12 s: 27 %
    public void TestPart_IsTheLastFiveSecondsOrAQuarter(int length, int sampleRate, int expected) =>
        Assert.Equal(expected, AmpPair.TestLength(length, sampleRate));

    [Fact]
    public void LearningRate_RisesThenFalls()
    {
        var options = new TrainingOptions(Seconds: 60, Updates: long.MaxValue, LearningRate: 0.5f, Seed: 1, Threads: 1);

        Assert.Equal(0f, options.LearningRateAt(0));
        Assert.Equal(0.25f, options.LearningRateAt(TrainingOptions.Rise / 2), 1e-6f);
        Assert.Equal(0.5f, options.LearningRateAt(TrainingOptions.Rise), 1e-6f);
        Assert.Equal(0.5f * (float)TrainingOptions.Remainder, options.LearningRateAt(1), 1e-6f);
    }

    [Fact]
    public void Training_LearnsThePedal()
    {
        using var folder = new Folder();
        using AmpTrainer<Amp8, Amp8.State, Amp8.Gradient> trainer = NewTrainer(folder, updates: 400);
        TrainingStatus end = trainer.Train(_ => { }, CancellationToken.None);

        Assert.Equal(400, end.Updates);
        Assert.InRange(end.TestEsr, 0, 0.1); // about 0.01; a network that learns nothing stays near 1
    }

    [Fact]
    public void AnyNumberOfThreads_LearnsTheSameWeights()
    {
        using var folder = new Folder();
        using AmpTrainer<Amp8, Amp8.State, Amp8.Gradient> one = NewTrainer(folder, updates: 50, threads: 1);
        TrainingStatus end = one.Train(_ => { }, CancellationToken.None);
        foreach (int threads in new[] { 2, 3, 8 })
        {
            using AmpTrainer<Amp8, Amp8.State, Amp8.Gradient> many = NewTrainer(folder, updates: 50, threads);
            TrainingStatus other = many.Train(_ => { }, CancellationToken.None);

            Assert.Equal(end.TrainEsr, other.TrainEsr);
            Assert.Equal(one.Network.Parameters.ToArray(), many.Network.Parameters.ToArray());
        }
    }

    // The network is trained on signals at an RMS of 1 and played on signals as recorded: folding the factors into the
    // weights changes nothing but roundings.
    [Fact]
    public void FoldedNetwork_PlaysTheRecordingAsWellAsInTraining()
    {
        using var folder = new Folder();
        AmpPair pair = LoadPair(folder);
        using AmpTrainer<Amp8, Amp8.State, Amp8.Gradient> trainer = NewTrainer(folder, updates: 50);
        TrainingStatus end = trainer.Train(_ => { }, CancellationToken.None);
        trainer.FoldScales();
        float[] prediction = new float[pair.TestDry.Length];
        AmpPlayer.Play<Amp8, Amp8.State, Amp8.Gradient>(ref trainer.Network, pair.TestDry, prediction);

        Assert.Equal(end.TestEsr, Loss.ErrorToSignal(prediction, pair.TestWet), 1e-4);
    }

    [Fact]
    public void Cancelled_StopsAtOnceAndKeepsTheWeights()
    {
        using var folder = new Folder();
        using AmpTrainer<Amp8, Amp8.State, Amp8.Gradient> trainer = NewTrainer(folder, updates: long.MaxValue);
        using var stop = new CancellationTokenSource();
        TrainingStatus end = trainer.Train(status => stop.Cancel(), stop.Token);

        Assert.Equal(1, end.Updates);
    }

    [Fact]
    public void Training_AllocatesNothing()
    {
        using var folder = new Folder();
        using AmpTrainer<Amp8, Amp8.State, Amp8.Gradient> trainer = NewTrainer(folder, updates: 50);
        Action<TrainingStatus> report = _ => { };
        trainer.Train(report, CancellationToken.None);

        long before = GC.GetAllocatedBytesForCurrentThread();
        trainer.Train(report, CancellationToken.None);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static AmpPair LoadPair(Folder folder) => AmpPair.Load(
        folder.Wav("dry.wav", Signals.Dry(Length)), folder.Wav("wet.wav", Signals.Wet(Length)));

    private static AmpTrainer<Amp8, Amp8.State, Amp8.Gradient> NewTrainer(Folder folder, long updates, int threads = 2) =>
        new(LoadPair(folder), new TrainingOptions(double.PositiveInfinity, updates, LearningRate: 0.02f, Seed: 1, threads));
}
