using System;
using System.Runtime.InteropServices;

namespace Lstm.Bits
{
    /// <summary>Numbers in [-1, 1), multiples of 2^-15, the same everywhere.</summary>
    internal static class Numbers
    {
        public static float[] Floats(int count, uint seed) => Array.ConvertAll(Doubles(count, seed), number => (float)number);

        public static double[] Doubles(int count, uint seed)
        {
            double[] numbers = new double[count];
            for (int i = 0; i < count; i++)
            {
                seed = unchecked((seed * 1664525) + 1013904223);
                numbers[i] = ((int)(seed >> 16) - 32768) / 32768.0;
            }

            return numbers;
        }

        /// <summary>Classes from -1, which is no target, to <paramref name="classes"/> - 1.</summary>
        public static int[] Classes(int count, int classes, uint seed) =>
            Array.ConvertAll(Doubles(count, seed), number => (int)((number + 1) / 2 * (classes + 1)) - 1);
    }

    /// <summary>The FNV-1a hash of the bits of numbers.</summary>
    internal sealed class BitHash
    {
        public ulong Value { get; private set; } = 14695981039346656037;

        /// <summary>In an array a number has its own precision, whatever the runtime computes with.</summary>
        public void Add(float number) => Add(new[] { number });

        public void Add(double number) => Add(new[] { number });

        public void Add(Span<float> numbers) => AddBytes(MemoryMarshal.AsBytes(numbers));

        public void Add(Span<double> numbers) => AddBytes(MemoryMarshal.AsBytes(numbers));

        private void AddBytes(Span<byte> bytes)
        {
            ulong hash = Value;
            for (int i = 0; i < bytes.Length; i++)
            {
                hash = unchecked((hash ^ bytes[i]) * 1099511628211);
            }

            Value = hash;
        }
    }
}
