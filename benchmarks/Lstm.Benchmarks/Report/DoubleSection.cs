namespace Lstm.Benchmarks;

/// <summary>What doubles cost.</summary>
internal static class DoubleSection
{
    public static string Write()
    {
        MarkdownTable steps = new("(p,d), ns a step", "floats", "doubles", "doubles / floats");
        MarkdownTable training = new("(p,d), us for 64 steps", "floats", "doubles", "doubles / floats");
        Add<Cell1x8, Cell1x8.State, Cell1x8.Gradient, DoubleCell1x8, DoubleCell1x8.State, DoubleCell1x8.Gradient>(steps, training, new CellSize(1, 8));
        Add<Cell1x16, Cell1x16.State, Cell1x16.Gradient, DoubleCell1x16, DoubleCell1x16.State, DoubleCell1x16.Gradient>(steps, training, new CellSize(1, 16));
        Add<Cell1x32, Cell1x32.State, Cell1x32.Gradient, DoubleCell1x32, DoubleCell1x32.State, DoubleCell1x32.Gradient>(steps, training, new CellSize(1, 32));
        Add<Cell16x64, Cell16x64.State, Cell16x64.Gradient, DoubleCell16x64, DoubleCell16x64.State, DoubleCell16x64.Gradient>(steps, training, new CellSize(16, 64));
        return $"{steps}\n{training}";
    }

    private static void Add<TFloat, TFloatState, TFloatGradient, TDouble, TDoubleState, TDoubleGradient>(MarkdownTable steps, MarkdownTable training, CellSize size)
        where TFloat : unmanaged, IGenerated<float, TFloatState, TFloatGradient>
        where TFloatState : unmanaged
        where TFloatGradient : unmanaged
        where TDouble : unmanaged, IGenerated<double, TDoubleState, TDoubleGradient>
        where TDoubleState : unmanaged
        where TDoubleGradient : unmanaged
    {
        using ScalarCell<float, TFloat, TFloatState, TFloatGradient> floats = new(size);
        using ScalarCell<double, TDouble, TDoubleState, TDoubleGradient> doubles = new(size);
        Add(steps, size, Sequence.Steps, Interleaved.Measure([floats.Stream, doubles.Stream]));
        Add(training, size, 1000, Interleaved.Measure([floats.Train, doubles.Train]));
    }

    private static void Add(MarkdownTable table, CellSize size, double unit, double[] times) =>
        table.Add(size.ToString(), Numbers.Time(times[0] / unit), Numbers.Time(times[1] / unit), Numbers.Ratio(times[1] / times[0]));
}
