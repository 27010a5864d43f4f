using System;
using System.Linq;
using System.Reflection;
using System.Runtime.Intrinsics;
using System.Runtime.InteropServices;
using Lstm.Integration.Tests.Recurrent;

namespace Lstm.Integration.Tests.Kernels;

/// <summary>tanh and sigma of one generated type at one vector width, over spans. They are private: taken by reflection.</summary>
public abstract class Activations
{
    /// <summary>For vectors of 16, 8 or 4 floats, or one float.</summary>
    public static Activations Of(ModelUnderTest model, int lanes) => lanes switch
    {
        16 => new OfVectors<Vector512<float>>(model),
        8 => new OfVectors<Vector256<float>>(model),
        4 => new OfVectors<Vector128<float>>(model),
        _ => new OfVectors<float>(model),
    };

    /// <summary>tanh and its derivative; lengths are multiples of 16.</summary>
    public abstract void Tanh(ReadOnlySpan<float> x, Span<float> value, Span<float> derivative);

    /// <summary>sigma and its derivative; lengths are multiples of 16.</summary>
    public abstract void Sigmoid(ReadOnlySpan<float> x, Span<float> value, Span<float> derivative);

    private sealed class OfVectors<TVector>(ModelUnderTest model) : Activations
        where TVector : struct
    {
        private readonly Both tanh = model.Accuracy == Accuracy.Strict ? Strict(model, "Tanh") : Standard(model, "Tanh", StandardTanh(model));
        private readonly Both sigmoid = model.Accuracy == Accuracy.Strict ? Strict(model, "Sigmoid") : Standard(model, "Sigmoid", StandardSigmoid(model));

        /// <summary>Of the coefficients, as in the last vector of units that has one of its own; of tanh it is the least: no bit may differ.</summary>
        private const float Scale = 18014398509481984f;

        private const float LeastScale = 16777216f;

        /// <summary>The largest scale that strict activations are given.</summary>
        private const float MostStrictScale = 16384f;

        /// <summary>A value and its derivative.</summary>
        private delegate TVector Both(TVector x, out TVector derivative);

        private delegate TVector Scaled(TVector x, float scale, out TVector derivative);

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

        /// <summary>Both from one exponential; of the values, each is that of another scale, which may change no bit.</summary>
        private static Both Strict(ModelUnderTest model, string name)
        {
            Scaled strict = Of<Scaled>(model, name, typeof(TVector), typeof(float), typeof(TVector).MakeByRefType());
            return (TVector x, out TVector slope) =>
            {
                strict(x, 1, out slope);
                return strict(x, MostStrictScale, out _);
            };
        }

        /// <summary>The derivative follows from the value.</summary>
        private static Both Standard(ModelUnderTest model, string name, Func<TVector, TVector> function)
        {
            Func<TVector, TVector> derivative = Of<Func<TVector, TVector>>(model, name + "Derivative", typeof(TVector));
            return (TVector x, out TVector slope) =>
            {
                TVector value = function(x);
                slope = derivative(value);
                return value;
            };
        }

        /// <summary>Twice what the kernel computes.</summary>
        private static Func<TVector, TVector> StandardTanh(ModelUnderTest model)
        {
            Func<TVector, float, TVector> half = Of<Func<TVector, float, TVector>>(model, "HalfTanh", typeof(TVector), typeof(float));
            return x =>
            {
                TVector value = half(x, LeastScale);
                Double(MemoryMarshal.Cast<TVector, float>(MemoryMarshal.CreateSpan(ref value, 1)));
                return value;
            };
        }

        private static Func<TVector, TVector> StandardSigmoid(ModelUnderTest model)
        {
            Func<TVector, float, TVector> half = Of<Func<TVector, float, TVector>>(model, "TanhOfHalf", typeof(TVector), typeof(float));
            Func<TVector, TVector> sigma = Of<Func<TVector, TVector>>(model, "Sigma", typeof(TVector));
            return x => sigma(half(x, Scale));
        }

        private static void Double(Span<float> values)
        {
            foreach (ref float value in values)
            {
                value += value;
            }
        }

        private static TDelegate Of<TDelegate>(ModelUnderTest model, string name, params Type[] parameters)
            where TDelegate : Delegate => Method(model, name, parameters).CreateDelegate<TDelegate>();

        private static MethodInfo Method(ModelUnderTest model, string name, params Type[] parameters)
        {
            Type kernel = model.Type.GetNestedType("Kernel", BindingFlags.NonPublic)!;
            return kernel.GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static, parameters)
                ?? throw new MissingMethodException(kernel.FullName, name);
        }
    }
}
