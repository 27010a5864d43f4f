using System;

namespace Agents;

/// <summary>
/// Where the food lies, and how it smells: a square of cells whose edges are joined. Smell is a whole number, so that adding and removing a pellet's
/// leaves nothing behind.
/// </summary>
internal sealed class Meadow
{
    /// <summary>Cells along an edge; a power of two.</summary>
    public const int Size = 256;

    /// <summary>How far food can be smelled, in cells.</summary>
    private const int Reach = 12;

    private const int Width = 2 * Reach + 1;

    /// <summary>Pellets for each agent: food becomes neither plentiful nor hopeless with the number of agents.</summary>
    private const float PelletsPerAgent = 0.4f;

    private static readonly int[] Scent = MakeScent();

    private readonly int[] smell = new int[Size * Size];
    private readonly bool[] food = new bool[Size * Size];
    private RandomNumbers random;

    public Meadow(Settings settings)
    {
        random = new RandomNumbers(~settings.Seed);
        for (int i = 0; i < (int)(settings.Agents * PelletsPerAgent); i++)
        {
            Grow();
        }
    }

    /// <summary>The cell of a place whose coordinates lie in 0 to <see cref="Size"/>.</summary>
    public static int Cell(float x, float y) => (((int)y & (Size - 1)) * Size) + ((int)x & (Size - 1));

    /// <summary>From 0 up to 1, without 1.</summary>
    public float Smell(int cell)
    {
        float s = smell[cell];
        return s / (s + 200f);
    }

    public bool HasFood(int cell) => food[cell];

    /// <summary>Takes the food from a cell, and lets as much grow elsewhere.</summary>
    public void Eat(int cell)
    {
        food[cell] = false;
        Spread(cell, -1);
        Grow();
    }

    public void AddTo(ref StateHash hash) => hash.Add<int>(smell);

    private void Grow()
    {
        int cell;
        do
        {
            cell = random.Below(Size * Size);
        }
        while (food[cell]);
        food[cell] = true;
        Spread(cell, 1);
    }

    private void Spread(int cell, int sign)
    {
        int left = (cell & (Size - 1)) - Reach;
        int top = (cell / Size) - Reach;
        for (int row = 0; row < Width; row++)
        {
            Span<int> line = smell.AsSpan(((top + row) & (Size - 1)) * Size, Size);
            ReadOnlySpan<int> scent = Scent.AsSpan(row * Width, Width);
            for (int column = 0; column < Width; column++)
            {
                line[(left + column) & (Size - 1)] += sign * scent[column];
            }
        }
    }

    /// <summary>4096 / (4 + the square of the distance).</summary>
    private static int[] MakeScent()
    {
        int[] scent = new int[Width * Width];
        for (int i = 0; i < scent.Length; i++)
        {
            int dx = (i % Width) - Reach;
            int dy = (i / Width) - Reach;
            int square = (dx * dx) + (dy * dy);
            scent[i] = square <= Reach * Reach ? 4096 / (4 + square) : 0;
        }

        return scent;
    }
}
