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

    /// <summary>sigma of three and tanh of the last, at once, in place; types of standard accuracy only.</summary>
    public abstract void Activate(Span<float> rem, Span<float> save, Span<float> focus, Span<float> cand);

    private sealed class OfVectors<TVector>(ModelUnderTest model) : Activations
        where TVector : struct
    {
        private readonly Both tanh = Find(model, "Tanh");
        private readonly Both sigmoid = Find(model, "Sigmoid");

        private readonly Four? activate = model.Accuracy == Accuracy.Strict
            ? null
            : Method(model, "Activate", [.. Enumerable.Repeat(typeof(TVector).MakeByRefType(), 4)]).CreateDelegate<Four>();

        private delegate void Four(ref TVector rem, ref TVector save, ref TVector focus, ref TVector cand);

        /// <summary>A value and its derivative.</summary>
        private delegate TVector Both(TVector x, out TVector derivative);

        public override void Tanh(ReadOnlySpan<float> x, Span<float> value, Span<float> derivative) => Apply(tanh, x, value, derivative);

        public override void Sigmoid(ReadOnlySpan<float> x, Span<float> value, Span<float> derivative) => Apply(sigmoid, x, value, derivative);

        public override void Activate(Span<float> rem, Span<float> save, Span<float> focus, Span<float> cand)
        {
            Span<TVector> rems = MemoryMarshal.Cast<float, TVector>(rem), saves = MemoryMarshal.Cast<float, TVector>(save);
            Span<TVector> focuses = MemoryMarshal.Cast<float, TVector>(focus), cands = MemoryMarshal.Cast<float, TVector>(cand);
            for (int i = 0; i < rems.Length; i++)
            {
                activate!(ref rems[i], ref saves[i], ref focuses[i], ref cands[i]);
            }
        }

        private static void Apply(Both both, ReadOnlySpan<float> x, Span<float> value, Span<float> derivative)
        {
            ReadOnlySpan<TVector> from = MemoryMarshal.Cast<float, TVector>(x);
            Span<TVector> values = MemoryMarshal.Cast<float, TVector>(value), derivatives = MemoryMarshal.Cast<float, TVector>(derivative);
            for (int i = 0; i < from.Length; i++)
            {
                values[i] = both(from[i], out derivatives[i]);
            }
        }

        private static Both Find(ModelUnderTest model, string name)
        {
            Func<TVector, TVector> derivative = Method(model, name + "Derivative", typeof(TVector)).CreateDelegate<Func<TVector, TVector>>();
            if (model.Accuracy == Accuracy.Strict)
            {
                // The exponential leads to both.
                Both strict = Method(model, name, typeof(TVector), typeof(TVector).MakeByRefType()).CreateDelegate<Both>();
                return (TVector x, out TVector slope) =>
                {
                    TVector value = strict(x, out TVector e);
                    slope = derivative(e);
                    return value;
                };
            }

            Func<TVector, TVector> standard = Method(model, name, typeof(TVector)).CreateDelegate<Func<TVector, TVector>>();
            return (TVector x, out TVector slope) =>
            {
                TVector value = standard(x);
                slope = derivative(value);
                return value;
            };
        }

        private static MethodInfo Method(ModelUnderTest model, string name, params Type[] parameters)
        {
            Type kernel = model.Type.GetNestedType("Kernel", BindingFlags.NonPublic)!;
            return kernel.GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static, parameters)
                ?? throw new MissingMethodException(kernel.FullName, name);
        }
    }
}
