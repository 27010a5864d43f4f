namespace ExploringLstms;

/// <summary>Where a training stands.</summary>
/// <param name="Update">Updates of this attempt.</param>
/// <param name="Updates">The most there will be.</param>
/// <param name="Attempt">From 1: training starts again, from other weights, where an attempt did not learn its validation strings.</param>
/// <param name="Loss">The mean cross-entropy of a character since the last status.</param>
/// <param name="Right">Validation strings that are right.</param>
/// <param name="Count">All of them.</param>
/// <param name="Least">The least probability that any determined character of a validation string has.</param>
/// <param name="Seconds">Since the experiment began.</param>
internal readonly record struct TrainingStatus(
    int Update, int Updates, int Attempt, double Loss, int Right, int Count, float Least, double Seconds)
{
    /// <summary>How far the attempt is, 0 to 1.</summary>
    public double Done => (double)Update / Updates;
}
