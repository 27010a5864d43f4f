using System;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Lstm.Integration.Tests.Recurrent;

namespace Lstm.Integration.Tests.Kernels;

/// <summary>tanh and sigma that the kernels of one generated type call at one vector width, over spans: taken by name.</summary>
public abstract class Activations
{
    /// <summary>For vectors of 16, 8 or 4 floats, or one float.</summary>
    /// <param name="power">
    /// The power of two that the constants carry beyond the least that a kernel gives them; strict ones have the margin that kernels give beside it.
    /// </param>
    public static Activations Of(ModelUnderTest<float> model, int lanes, int power = 0)
    {
        int margin = 14 - (2 * ((power - (power / 8)) % 8));
        float scale = MathF.ScaleB(model.Accuracy == Accuracy.Strict ? 1 : 16777216, power);
        return lanes switch
        {
            16 => new OfVectors<Vector512<float>>(model, scale, margin),
            8 => new OfVectors<Vector256<float>>(model, scale, margin),
            4 => new OfVectors<Vector128<float>>(model, scale, margin),
            _ => new OfVectors<float>(model, scale, margin),
        };
    }

    /// <summary>tanh and its derivative; lengths are multiples of 16.</summary>
    public abstract void Tanh(ReadOnlySpan<float> x, Span<float> value, Span<float> derivative);

    /// <summary>sigma and its derivative; lengths are multiples of 16.</summary>
    public abstract void Sigmoid(ReadOnlySpan<float> x, Span<float> value, Span<float> derivative);

    private sealed class OfVectors<TVector>(ModelUnderTest<float> model, float scale, int margin) : Activations
        where TVector : struct
    {
        private readonly Both tanh = model.Accuracy == Accuracy.Strict
            ? StrictTanh(model, scale)
            : Standard(model, "TanhSlope", StandardTanh(model, scale));

        private readonly Both sigmoid = model.Accuracy == Accuracy.Strict
            ? StrictSigmoid(model, scale, margin)
            : Standard(model, "GateSlope", StandardSigmoid(model, scale));

        /// <summary>A value and its derivative.</summary>
        private delegate TVector Both(TVector x, out TVector derivative);

        private delegate TVector Tanhs(TVector x, float scale, out TVector derivative);

        private delegate TVector Sigmoids(TVector x, float scale, int margin, out TVector derivative);

        public override void Tanh(ReadOnlySpan<float> x, Span<float> value, Span<float> derivative) => Apply(tanh, x, value, derivative);

        public override void Sigmoid(ReadOnlySpan<float> x, Span<float> value, Span<float> derivative) => Apply(sigmoid, x, value, derivative);

        private static void Apply(Both both, ReadOnlySpan<float> x, Span<float> value, Span<float> derivative)
        {
            ReadOnlySpan<TVector> from = MemoryMarshal.Cast<float, TVector>(x);
            Span<TVector> values = MemoryMarshal.Cast<float, TVector>(value), derivatives = MemoryMarshal.Cast<float, TVector>(derivative);
            for (int i = 0; i < from.Length; i++)
            {
                values[i] = both(from[i], out derivatives[i]);
            }
        }

        /// <summary>Both from one exponential.</summary>
        private static Both StrictTanh(ModelUnderTest<float> model, float scale)
        {
            Tanhs strict = Of<Tanhs>(model, "Tanh", typeof(TVector), typeof(float), typeof(TVector).MakeByRefType());
            return (TVector x, out TVector slope) => strict(x, scale, out slope);
        }

        private static Both StrictSigmoid(ModelUnderTest<float> model, float scale, int margin)
        {
            Sigmoids strict = Of<Sigmoids>(model, "Sigma", typeof(TVector), typeof(float), typeof(int), typeof(TVector).MakeByRefType());
            return (TVector x, out TVector slope) => strict(x, scale, margin, out slope);
        }

        /// <summary>The derivative follows from the value.</summary>
        private static Both Standard(ModelUnderTest<float> model, string slopeOf, Func<TVector, TVector> function)
        {
            Func<TVector, TVector> derivative = Of<Func<TVector, TVector>>(model, slopeOf, typeof(TVector));
            return (TVector x, out TVector slope) =>
            {
                TVector value = function(x);
                slope = derivative(value);
                return value;
            };
        }

        /// <summary>Twice what the kernel computes.</summary>
        private static Func<TVector, TVector> StandardTanh(ModelUnderTest<float> model, float scale)
        {
            Func<TVector, float, bool, TVector> half = Of<Func<TVector, float, bool, TVector>>(
                model, "HalfTanh", typeof(TVector), typeof(float), typeof(bool));
            return x =>
            {
                TVector value = half(x, scale, false);
                Double(MemoryMarshal.Cast<TVector, float>(MemoryMarshal.CreateSpan(ref value, 1)));
                return value;
            };
        }

        private static Func<TVector, TVector> StandardSigmoid(ModelUnderTest<float> model, float scale)
        {
            Func<TVector, float, TVector> half = Of<Func<TVector, float, TVector>>(model, "TanhOfHalf", typeof(TVector), typeof(float));
            Func<TVector, TVector> sigma = Of<Func<TVector, TVector>>(model, "SigmaOfCarried", typeof(TVector));
            return x => sigma(half(x, scale));
        }

        private static void Double(Span<float> values)
        {
            foreach (ref float value in values)
            {
                value += value;
            }
        }

        private static TDelegate Of<TDelegate>(ModelUnderTest<float> model, string name, params Type[] parameters)
            where TDelegate : Delegate => Method(model, name, parameters).CreateDelegate<TDelegate>();

        private static MethodInfo Method(ModelUnderTest<float> model, string name, params Type[] parameters)
        {
            Type equations = Equations(model.Arithmetic, model.Accuracy, "Float", typeof(TVector));
            return equations.GetMethod(name, BindingFlags.Public | BindingFlags.Static, parameters)
                ?? throw new MissingMethodException(equations.FullName, name);
        }
    }

    /// <summary>The runtime's equations that generated code calls, for example <c>FusedStandardFloat256</c>.</summary>
    /// <param name="number">Float or Double.</param>
    /// <param name="vector">The type of vectors, or of single numbers.</param>
    public static Type Equations(Arithmetic arithmetic, Accuracy accuracy, string number, Type vector)
    {
        string width = vector.IsGenericType ? vector.Name[6..9] : "Scalar";
        return typeof(Lstm.Kernels.Simd).Assembly.GetType($"Lstm.Kernels.{arithmetic}{accuracy}{number}{width}", throwOnError: true)!;
    }
}
