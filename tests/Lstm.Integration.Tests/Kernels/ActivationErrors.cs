using System;
using System.Globalization;

namespace Lstm.Integration.Tests.Kernels;

/// <summary>The largest errors seen, and where.</summary>
internal sealed class ActivationErrors
{
    private readonly Worst tanhUlp = new("tanh ulp"), tanhAbsolute = new("tanh absolute");
    private readonly Worst sigmoidUlp = new("sigmoid ulp"), sigmoidAbsolute = new("sigmoid absolute");
    private readonly Worst tanhSlope = new("tanh' relative"), sigmoidSlope = new("sigmoid' relative");

    public double TanhUlp => tanhUlp.Error;

    public double TanhAbsolute => tanhAbsolute.Error;

    public double SigmoidUlp => sigmoidUlp.Error;

    public double SigmoidAbsolute => sigmoidAbsolute.Error;

    public double TanhSlope => tanhSlope.Error;

    public double SigmoidSlope => sigmoidSlope.Error;

    /// <summary>What broke a rule that has no size: outside [-1, 1] or [0, 1], or tanh not odd.</summary>
    public string? Broken { get; set; }

    public void Tanh(float x, double expected, float actual)
    {
        double error = Math.Abs(expected - actual);
        tanhAbsolute.Add(error, x);
        tanhUlp.Add(error * InverseUlp(expected), x);
    }

    public void Sigmoid(float x, double expected, float actual)
    {
        double error = Math.Abs(expected - actual);
        sigmoidAbsolute.Add(error, x);
        sigmoidUlp.Add(error * InverseUlp(expected), x);
    }

    public void TanhDerivative(float x, double expected, float actual) => tanhSlope.Add(Math.Abs((actual / expected) - 1), x);

    public void SigmoidDerivative(float x, double expected, float actual) => sigmoidSlope.Add(Math.Abs((actual / expected) - 1), x);

    public void Merge(ActivationErrors other)
    {
        Broken ??= other.Broken;
        Worst[] mine = All(), others = other.All();
        for (int i = 0; i < mine.Length; i++)
        {
            mine[i].Add(others[i].Error, others[i].Where);
        }
    }

    public override string ToString() => string.Join(", ", (object[])All());

    /// <summary>One over the distance of floats around a value of at least 0; subnormals are 2^-149 apart.</summary>
    private static double InverseUlp(double value)
    {
        long exponent = Math.Max((BitConverter.DoubleToInt64Bits(value) >> 52) - 1023, -126);
        return BitConverter.Int64BitsToDouble((1023 + 23 - exponent) << 52);
    }

    private Worst[] All() => [tanhUlp, tanhAbsolute, sigmoidUlp, sigmoidAbsolute, tanhSlope, sigmoidSlope];

    private sealed class Worst(string name)
    {
        public double Error { get; private set; }

        public float Where { get; private set; }

        public void Add(double error, float where)
        {
            // Also where the error is NaN.
            if (!(error <= Error))
            {
                Error = error;
                Where = where;
            }
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{name} {Error:G4} at {Where:R}");
    }
}
