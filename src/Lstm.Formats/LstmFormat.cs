namespace Lstm.Formats;

/// <summary>The formats of model files that <see cref="LstmFile"/> knows. What each holds, and how it is mapped: docs/formats.</summary>
public enum LstmFormat
{
    /// <summary>safetensors (<c>.safetensors</c>) with the names of a PyTorch state_dict.</summary>
    Safetensors,

    /// <summary>ONNX (<c>.onnx</c>): LSTM operators and an affine readout.</summary>
    Onnx,

    /// <summary>RTNeural's JSON (<c>.json</c>), as its Keras and PyTorch exporters write it, and as GuitarML and AIDA-X do.</summary>
    RtNeural,

    /// <summary>Neural Amp Modeler (<c>.nam</c>), architecture LSTM.</summary>
    Nam,

    /// <summary>Keras 3 (<c>.keras</c>, <c>.weights.h5</c>); read, not written.</summary>
    Keras,
}
