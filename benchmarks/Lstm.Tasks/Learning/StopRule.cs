namespace Lstm.Tasks.Learning;

/// <summary>
/// The criterion of the paper of 1997: the most recent training sequences were all answered right, and their mean error is small. The answers are
/// those that were given before the weights learned from the sequence.
/// </summary>
/// <param name="recent">How many sequences; 2,000 in the paper.</param>
/// <param name="tolerance">An answer is right if its error is below it.</param>
/// <param name="meanError">The mean error must be below it.</param>
internal sealed class StopRule(int recent, double tolerance, double meanError)
{
    private readonly double[] errors = new double[recent];
    private long count;
    private long sinceWrong;

    /// <summary>Takes the errors of the next sequences.</summary>
    /// <returns>Whether the criterion is met.</returns>
    public bool Add(double[] next)
    {
        foreach (double error in next)
        {
            errors[count % recent] = error;
            count++;
            sinceWrong = error < tolerance ? sinceWrong + 1 : 0;
        }

        return sinceWrong >= recent && Mean() < meanError;
    }

    private double Mean()
    {
        double sum = 0;
        foreach (double error in errors)
        {
            sum += error;
        }

        return sum / recent;
    }
}
