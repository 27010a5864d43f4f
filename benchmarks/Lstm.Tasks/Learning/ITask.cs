namespace Lstm.Tasks.Learning;

/// <summary>What one seed has to learn: its sequences, what is right, and when it is learned.</summary>
internal interface ITask
{
    /// <summary>p, the width of x.</summary>
    public int InputSize { get; }

    /// <summary>K, the width of y.</summary>
    public int OutputSize { get; }

    /// <summary>The most steps of a training sequence.</summary>
    public int LargestSteps { get; }

    /// <summary>How many sequences <see cref="Test"/> looks at.</summary>
    public int TestedSequences { get; }

    /// <summary>The next training sequences.</summary>
    public void Draw(Batch batch);

    /// <summary>Compares y with what is right: writes dY and the error of each sequence.</summary>
    public void Judge(Batch batch);

    /// <summary>Asked after every batch that was judged and learned from.</summary>
    /// <returns>Whether the criterion to stop is met.</returns>
    public bool IsLearned(Batch batch, IPredictor predictor);

    /// <summary>Runs test sequences, which were never trained on.</summary>
    public TestResult Test(IPredictor predictor);
}

/// <summary>Something that answers: a network with its present weights.</summary>
internal interface IPredictor
{
    /// <summary>Writes y of a batch.</summary>
    public void Predict(Batch batch);
}

/// <summary>How a test went.</summary>
/// <param name="Wrong">Sequences that were wrong.</param>
/// <param name="MeanError">The mean error of a sequence, in the unit of the task.</param>
internal readonly record struct TestResult(int Wrong, double MeanError);
