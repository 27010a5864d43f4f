namespace Lstm.Build.Tests;

/// <summary>Three layers; sizes from the file.</summary>
[LstmNetwork(Weights = "torch_p2_d5_l3_k2.safetensors")]
internal partial struct Deep;

/// <summary>Some of the sizes are written as well; the item is named by its path.</summary>
[LstmNetwork(Input = 1, Layers = 1, Weights = "../Lstm.Formats.Tests/files/torch_p1_d8_l1_k1.safetensors", Backward = false)]
internal partial struct Small;

/// <summary>The same file, run over silence.</summary>
[LstmNetwork(Weights = "warm, with a blank", Backward = false)]
internal partial struct Warm;

/// <summary>A file without readout.</summary>
[LstmCell(Weights = "torch_cell.safetensors")]
internal partial struct OneCell;

/// <summary>A file with an initial state.</summary>
[LstmNetwork(Weights = "state.nam", Accuracy = Accuracy.Strict)]
internal partial struct WithState;
