using System.Collections.Generic;

namespace Lstm.Formats;

/// <summary>
/// The order in which a format puts the blocks of the four gates. This file is the one table of them; docs/formats/gate-orders.md shows it.
/// </summary>
/// <remarks>
/// The usual letters: i is <see cref="Gate.Save"/>, f is <see cref="Gate.Remember"/>, o is <see cref="Gate.Focus"/>, and g, c and z are
/// <see cref="Gate.Candidate"/>.
/// </remarks>
/// <param name="Name">Whose order it is.</param>
/// <param name="First">The gate of the first block.</param>
/// <param name="Second">The gate of the second block.</param>
/// <param name="Third">The gate of the third block.</param>
/// <param name="Fourth">The gate of the fourth block.</param>
internal sealed record GateOrder(string Name, Gate First, Gate Second, Gate Third, Gate Fourth)
{
    /// <summary>The number of gates.</summary>
    public const int Count = 4;

    /// <summary>i f g o: rows of weight_ih and weight_hh.</summary>
    public static readonly GateOrder PyTorch = new("PyTorch", Gate.Save, Gate.Remember, Gate.Candidate, Gate.Focus);

    /// <summary>i f c o: columns of kernel and recurrent_kernel.</summary>
    public static readonly GateOrder Keras = new("Keras", Gate.Save, Gate.Remember, Gate.Candidate, Gate.Focus);

    /// <summary>i o f c: rows of W and R.</summary>
    public static readonly GateOrder Onnx = new("ONNX", Gate.Save, Gate.Focus, Gate.Remember, Gate.Candidate);

    /// <summary>i f c o: columns, as Keras has them.</summary>
    public static readonly GateOrder RtNeural = new("RTNeural", Gate.Save, Gate.Remember, Gate.Candidate, Gate.Focus);

    /// <summary>i f g o: rows of one matrix over [x, wm], as PyTorch has them.</summary>
    public static readonly GateOrder Nam = new("NAM", Gate.Save, Gate.Remember, Gate.Candidate, Gate.Focus);

    /// <summary>i c f o: columns; TensorFlow 1 adds its forget_bias, 1 by default, to f when it runs.</summary>
    public static readonly GateOrder TensorFlow1 = new("TensorFlow 1", Gate.Save, Gate.Candidate, Gate.Remember, Gate.Focus);

    /// <summary>i f o z.</summary>
    public static readonly GateOrder CoreMl = new("CoreML", Gate.Save, Gate.Remember, Gate.Focus, Gate.Candidate);

    /// <summary>c f o i: columns.</summary>
    public static readonly GateOrder Dl4j = new("DL4J", Gate.Candidate, Gate.Remember, Gate.Focus, Gate.Save);

    /// <summary>f i c o: rows.</summary>
    public static readonly GateOrder OpenVino = new("OpenVINO", Gate.Remember, Gate.Save, Gate.Candidate, Gate.Focus);

    /// <summary>Every order of the table.</summary>
    public static IReadOnlyList<GateOrder> All { get; } = [PyTorch, Keras, Onnx, TensorFlow1, RtNeural, Nam, CoreMl, Dl4j, OpenVino];

    /// <summary>The gate of a block, from 0.</summary>
    public Gate this[int block] => block switch
    {
        0 => First,
        1 => Second,
        2 => Third,
        _ => Fourth,
    };
}
