namespace Lstm.Runtime.Tests;

/// <summary>What an optimizer remembers, as one array.</summary>
internal static class OptimizerStates
{
    public static double[] State(Adam adam)
    {
        double[] state = new double[adam.StateLength];
        adam.ExportState(state);
        return state;
    }

    public static double[] State(Sgd sgd)
    {
        double[] state = new double[sgd.StateLength];
        sgd.ExportState(state);
        return state;
    }
}
