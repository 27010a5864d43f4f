namespace Lstm.Generators;

/// <summary>Names of the pipeline's steps, for tests that ask what was recomputed.</summary>
internal static class TrackingNames
{
    public const string Weights = nameof(Weights);
    public const string Declaration = nameof(Declaration);
    public const string Resolved = nameof(Resolved);
    public const string Stub = nameof(Stub);
    public const string Problems = nameof(Problems);
    public const string CellSpec = nameof(CellSpec);
    public const string CellPlan = nameof(CellPlan);
    public const string NetworkSpec = nameof(NetworkSpec);
    public const string NetworkPlan = nameof(NetworkPlan);
    public const string ChainSpec = nameof(ChainSpec);
    public const string ChainPlan = nameof(ChainPlan);
}
