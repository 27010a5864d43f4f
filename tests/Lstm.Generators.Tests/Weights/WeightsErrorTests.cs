using System;
using System.Linq;
using Lstm.Generators.Parsing.Weights;
using Lstm.Generators.Tests.Infrastructure;
using Xunit;

namespace Lstm.Generators.Tests.Weights;

/// <summary>Where each error is reported, and its whole message.</summary>
public sealed class WeightsErrorTests
{
    private static readonly WeightsDescriptor[] Files = [WeightFiles.Pedal, WeightFiles.Deep, WeightFiles.Cell];

    [Theory]
    [InlineData("[Lstm.LstmNetwork(Weights = \"pedal.nam\")] partial struct Net;")]
    [InlineData("[Lstm.LstmNetwork(Weights = \"models/pedal.nam\")] partial struct Net;")]
    [InlineData("[Lstm.LstmNetwork(Weights = \"models\\\\pedal.nam\")] partial struct Net;")]
    [InlineData("[Lstm.LstmNetwork(Weights = \"pedal.nam\", Input = 1, Hidden = 16, Output = 1, Layers = 1)] partial struct Net;")]
    [InlineData("[Lstm.LstmNetwork(Weights = Net.File, Backward = false)] partial struct Net { public const string File = \"deep.\" + \"onnx\"; }")]
    [InlineData("[Lstm.LstmCell(Weights = \"cell.safetensors\", Accuracy = Lstm.Accuracy.Strict)] partial struct Cell;")]
    [InlineData("[Lstm.LstmCell(Weights = null, Input = 1, Hidden = 2)] partial struct Cell;")]
    public void FileThatFits_IsNoError(string source) => GeneratorMarkup.Verify(source, Files);

    [Fact]
    public void UnknownName_IsLstm017AtTheName() => GeneratorMarkup.Verify(
        "[Lstm.LstmNetwork(Weights = {|LSTM017:\"pedal.onnx\"|})] partial struct Net;",
        Files,
        "'pedal.onnx' is not the name of an LstmWeights item (there is 'pedal.nam', 'deep.onnx', 'cell.safetensors'): "
            + "write <LstmWeights Include=\"pedal.onnx\" /> in an ItemGroup of the project file");

    [Fact]
    public void NoItem_IsLstm017() => GeneratorMarkup.Verify(
        "[Lstm.LstmCell(Hidden = 3, Weights = {|LSTM017:\"\"|})] partial struct Cell;",
        Array.Empty<WeightsDescriptor>(),
        "'' is not the name of an LstmWeights item: write <LstmWeights Include=\"\" /> in an ItemGroup of the project file");

    [Fact]
    public void OtherSizes_AreLstm018AtEach() => GeneratorMarkup.Verify(
        """
        [Lstm.LstmNetwork(Weights = "deep.onnx", Input = {|LSTM018:1|}, Hidden = 8, Output = 3, Layers = {|LSTM018:1|})] partial struct Net;
        """,
        Files,
        "Input = 1 contradicts 'deep.onnx', which has Input = 2: write Input = 2, or leave it out",
        "Layers = 1 contradicts 'deep.onnx', which has Layers = 2: write Layers = 2, or leave it out");

    [Fact]
    public void CellOfAFileWithReadout_IsLstm018AtTheAttribute() => GeneratorMarkup.Verify(
        "[{|LSTM018:Lstm.LstmCell|}(Weights = \"pedal.nam\", Hidden = 3)] partial struct Cell;",
        Files,
        "[LstmCell] contradicts 'pedal.nam', which has a readout, Output = 1: write [LstmNetwork(Weights = \"pedal.nam\")]");

    [Fact]
    public void NetworkOfAFileWithoutReadout_IsLstm018AtTheAttribute() => GeneratorMarkup.Verify(
        "[{|LSTM018:Lstm.LstmNetwork|}(Weights = \"cell.safetensors\")] partial struct Net;",
        Files,
        "[LstmNetwork] contradicts 'cell.safetensors', which has 1 layer and no readout: write [LstmCell(Weights = \"cell.safetensors\")]");

    [Theory]
    [InlineData("[{|LSTM018:Lstm.LstmCell|}(Weights = \"stack\")] partial struct Cell;", "LstmCell")]
    [InlineData("[{|LSTM018:Lstm.LstmNetwork|}(Weights = \"stack\")] partial struct Net;", "LstmNetwork")]
    public void LayersWithoutReadout_AreLstm018AtTheAttribute(string markup, string attribute) => GeneratorMarkup.Verify(
        markup,
        [WeightFiles.Cell with { Name = "stack", Layers = 3 }],
        $"[{attribute}] contradicts 'stack', which has 3 layers and no readout: write the name of a file with a readout, or with one layer");

    [Fact]
    public void Doubles_AreLstm018() => GeneratorMarkup.Verify(
        "[Lstm.LstmCell(Weights = \"cell.safetensors\", Scalar = {|LSTM018:Lstm.Scalar.Double|})] partial struct Cell;",
        Files,
        "Scalar.Double contradicts 'cell.safetensors', which has floats when it is packed: write no Scalar");

    [Fact]
    public void OtherLayout_IsLstm019AtTheName() => GeneratorMarkup.Verify(
        "[Lstm.LstmNetwork(Weights = {|LSTM019:\"pedal.nam\"|})] partial struct Net;",
        [WeightFiles.Pedal with { Layout = 7 }],
        "'pedal.nam' was packed for layout 7, but this generator reads layout 1: "
            + "write the same version of Lstm.Generators in all projects, and rebuild");

    /// <summary>What the build was broken off to write, wherever: the generator neither throws nor writes code that does not compile.</summary>
    [Fact]
    public void CutDescription_IsLstm019AtTheName()
    {
        string[] lines = WeightFiles.Pedal.ToText().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        for (int count = Array.FindIndex(lines, line => line.StartsWith("layout", StringComparison.Ordinal)) + 1; count < lines.Length; count++)
        {
            GeneratorMarkup.Verify(
                "[Lstm.LstmNetwork(Weights = {|LSTM019:\"pedal.nam\"|})] partial struct Net;",
                [WeightsDescriptor.Parse(string.Join('\n', lines.Take(count)))],
                "'pedal.nam' was packed for layout 0, but this generator reads layout 1: "
                    + "write the same version of Lstm.Generators in all projects, and rebuild");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1025)]
    public void SizeThatNoFileHas_IsLstm019(int hidden) => GeneratorMarkup.Verify(
        "[Lstm.LstmNetwork(Weights = {|LSTM019:\"pedal.nam\"|})] partial struct Net;", [WeightFiles.Pedal with { Hidden = hidden }]);

    /// <summary>The header of the generated file names it.</summary>
    [Fact]
    public void NameWithALineEnd_Compiles() => GeneratorMarkup.Verify(
        "[Lstm.LstmNetwork(Weights = \"a\\u2028b\\rc\")] partial struct Net;", [WeightFiles.Pedal with { Name = "a\u2028b\rc", Path = "c" }]);

    /// <summary>Sizes from the file are held to the limits as well; those that follow from nothing written are reported at the attribute.</summary>
    [Fact]
    public void FileThatIsTooLarge_IsLstm008AndLstm009()
    {
        WeightsDescriptor large = WeightFiles.Deep with { Name = "large", Hidden = 1024, Layers = 8 };
        GeneratorMarkup.Verify("[{|LSTM009:Lstm.LstmNetwork|}(Weights = \"large\")] partial struct Net;", [large]);
        WeightsDescriptor wide = WeightFiles.Cell with { Name = "wide", Hidden = 500 };
        GeneratorMarkup.Verify(
            "[Lstm.LstmCell(Weights = \"wide\", Unrolling = {|LSTM008:Lstm.Unrolling.Full|})] partial struct Cell;", [wide]);
    }

    /// <summary>What is wrong with the declaration itself comes first, whatever the file.</summary>
    [Fact]
    public void WrongDeclaration_IsReportedWithoutTheFile()
    {
        GeneratorMarkup.Verify("[Lstm.LstmNetwork(Weights = \"none\")] struct {|CS0260:{|LSTM001:Net|}|};", Files);
        GeneratorMarkup.Verify("[Lstm.LstmNetwork(Weights = \"none\", Hidden = {|LSTM003:0|})] partial struct Net;", Files);
        GeneratorMarkup.Verify("[Lstm.LstmCell(Weights = \"none\")] partial struct Cell { static int {|LSTM014:Trained|}; }", Files);
        GeneratorMarkup.Verify("[Lstm.LstmCell(Weights = \"none\")] partial struct {|LSTM007:TrainedState|};", Files);
        GeneratorMarkup.Verify("[Lstm.LstmCell(Input = 1, Hidden = 2)] partial struct TrainedState { static int Trained; }", Files);
    }

    /// <summary>Code that uses the members has no error of its own.</summary>
    [Theory]
    [InlineData("[Lstm.LstmNetwork(Weights = {|LSTM017:\"none\"|})] partial struct Net;")]
    [InlineData("[Lstm.LstmNetwork(Weights = \"pedal.nam\", Hidden = {|LSTM018:3|})] partial struct Net;")]
    [InlineData("[Lstm.LstmNetwork(Weights = \"pedal.nam\")] struct {|CS0260:{|LSTM001:Net|}|};")]
    [InlineData("[Lstm.LstmNetwork(Weights = \"pedal.nam\")] partial {|LSTM002:class|} Net { }")]
    public void WrongDeclaration_HasStubs(string declaration) => GeneratorMarkup.Verify(
        declaration + """

        class User
        {
            Net.State state = Net.TrainedState;
            void M(float[] y) { ref readonly Net net = ref Net.Trained; net.Step(new float[Net.InputSize], ref state, y); }
        }
        """,
        Files);

    [Fact]
    public void StaticClass_HasNoErrorBesideLstm002() =>
        GeneratorMarkup.Verify("[Lstm.LstmNetwork(Weights = \"pedal.nam\")] static partial {|LSTM002:class|} Net { }", Files);

    /// <summary>What the compiler itself refuses is no error of the generator.</summary>
    [Theory]
    [InlineData("[Lstm.LstmNetwork(Weights = {|CS0029:3|})] partial struct Net;")]
    [InlineData("[Lstm.LstmNetwork(Weights = \"pedal.nam\", {|CS0643:Weights = \"deep.onnx\"|})] partial struct Net;")]
    public void UnreadableName_IsLeftToTheCompiler(string markup) => GeneratorMarkup.Verify(markup, Files);
}
