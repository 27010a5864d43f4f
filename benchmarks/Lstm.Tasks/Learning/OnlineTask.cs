using System;

namespace Lstm.Tasks.Learning;

/// <summary>A task whose sequences are drawn anew each time: learned by the rule of the paper, tested on 2,560 more.</summary>
/// <param name="seed">Decides all sequences.</param>
/// <param name="tolerance">An answer is right if its error is below it.</param>
/// <param name="meanError">The mean error of recent sequences must be below it.</param>
internal abstract class OnlineTask(int seed, double tolerance, double meanError) : ITask
{
    private const int Recent = 2000;

    private readonly Random training = new(2 * seed);
    private readonly StopRule rule = new(Recent, tolerance, meanError);

    /// <inheritdoc/>
    public abstract int InputSize { get; }

    /// <inheritdoc/>
    public abstract int OutputSize { get; }

    /// <inheritdoc/>
    public abstract int LargestSteps { get; }

    /// <inheritdoc/>
    public int TestedSequences => 2560;

    /// <inheritdoc/>
    public void Draw(Batch batch) => Draw(training, batch);

    /// <inheritdoc/>
    public abstract void Judge(Batch batch);

    /// <inheritdoc/>
    public bool IsLearned(Batch batch, IPredictor predictor) => rule.Add(batch.Errors);

    /// <inheritdoc/>
    /// <remarks>One by one: every test sequence has a length of its own.</remarks>
    public TestResult Test(IPredictor predictor)
    {
        var random = new Random((2 * seed) + 1);
        var one = new Batch(LargestSteps, 1, InputSize, OutputSize);
        int wrong = 0;
        double sum = 0;
        for (int i = 0; i < TestedSequences; i++)
        {
            Draw(random, one);
            predictor.Predict(one);
            Judge(one);
            sum += one.Errors[0];
            wrong += one.Errors[0] < tolerance ? 0 : 1;
        }

        return new TestResult(wrong, sum / TestedSequences);
    }

    /// <summary>Draws sequences of one length into a batch.</summary>
    protected abstract void Draw(Random random, Batch batch);
}
