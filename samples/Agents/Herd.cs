using System;

namespace Agents;

/// <summary>
/// The agents: what they sense, think and do. Only + - * / and square roots, which are rounded alike everywhere: no sine, which differs between
/// machines.
/// </summary>
internal sealed class Herd
{
    /// <summary>The tangent of half the largest turn in a frame, about 28 degrees.</summary>
    private const float LargestTurn = 0.25f;

    // In cells a frame.
    private const float MiddleSpeed = 0.35f;
    private const float SpeedRange = 0.25f;

    private readonly int agentsPerBrain;
    private readonly float[] input;
    private readonly float[] output;

    public Herd(Settings settings)
    {
        agentsPerBrain = settings.AgentsPerBrain;
        Brains = new Brain[settings.Brains];
        States = new Brain.State[settings.Agents];
        X = new float[settings.Agents];
        Y = new float[settings.Agents];
        HeadingX = new float[settings.Agents];
        HeadingY = new float[settings.Agents];
        Eaten = new int[settings.Agents];
        input = new float[settings.Agents * Brain.InputSize];
        output = new float[settings.Agents * Brain.OutputSize];

        RandomNumbers random = new(settings.Seed);
        for (int b = 0; b < Brains.Length; b++)
        {
            Brains[b].Initialize(random.Next());
        }

        for (int a = 0; a < X.Length; a++)
        {
            X[a] = random.Uniform() * Meadow.Size;
            Y[a] = random.Uniform() * Meadow.Size;
            HeadingX[a] = 1;
            Turn(a, random.Uniform() * 200 - 100);
        }
    }

    public Brain[] Brains { get; }

    /// <summary>What an agent remembers.</summary>
    public Brain.State[] States { get; }

    /// <summary>Places, in cells.</summary>
    public float[] X { get; }

    public float[] Y { get; }

    /// <summary>Where agents look: of length 1, but for rounding.</summary>
    public float[] HeadingX { get; }

    public float[] HeadingY { get; }

    /// <summary>Pellets that an agent has eaten since its brain was last compared with others.</summary>
    public int[] Eaten { get; }

    /// <summary>One frame of the agents of some brains. It writes to nothing else, so other threads may run the other brains meanwhile.</summary>
    public void Run(Meadow meadow, int firstBrain, int endBrain)
    {
        for (int b = firstBrain; b < endBrain; b++)
        {
            int first = b * agentsPerBrain;
            for (int a = first; a < first + agentsPerBrain; a++)
            {
                input[a * Brain.InputSize] = meadow.Smell(Meadow.Cell(X[a], Y[a]));
            }

            // Agents that share a brain go through it together: each weight is loaded once for several of them.
            Brains[b].Step(
                input.AsSpan(first * Brain.InputSize, agentsPerBrain * Brain.InputSize),
                States.AsSpan(first, agentsPerBrain),
                output.AsSpan(first * Brain.OutputSize, agentsPerBrain * Brain.OutputSize));
            for (int a = first; a < first + agentsPerBrain; a++)
            {
                Move(a);
            }
        }
    }

    /// <summary>Lets agents eat, in their order: where two stand on one pellet, the first has it.</summary>
    /// <returns>How many pellets were eaten.</returns>
    public int Eat(Meadow meadow)
    {
        int eaten = 0;
        for (int a = 0; a < X.Length; a++)
        {
            int cell = Meadow.Cell(X[a], Y[a]);
            bool eats = meadow.HasFood(cell);
            input[(a * Brain.InputSize) + 1] = eats ? 1 : 0;
            if (eats)
            {
                meadow.Eat(cell);
                Eaten[a]++;
                eaten++;
            }
        }

        return eaten;
    }

    /// <summary>Adds all that makes up the agents to a hash.</summary>
    public void AddTo(ref StateHash hash)
    {
        hash.Add<Brain>(Brains);
        hash.Add<Brain.State>(States);
        hash.Add<float>(X);
        hash.Add<float>(Y);
        hash.Add<float>(HeadingX);
        hash.Add<float>(HeadingY);
        hash.Add<int>(Eaten);
        hash.Add<float>(input);
    }

    private void Move(int a)
    {
        float turn = Squash(output[a * Brain.OutputSize]);
        float speed = MiddleSpeed + (SpeedRange * Squash(output[(a * Brain.OutputSize) + 1]));
        input[(a * Brain.InputSize) + 2] = turn;
        Turn(a, turn * LargestTurn);
        X[a] = Wrap(X[a] + (speed * HeadingX[a]));
        Y[a] = Wrap(Y[a] + (speed * HeadingY[a]));
    }

    /// <summary>Turns by the angle with this tangent of its half: the rational form of sine and cosine.</summary>
    private void Turn(int a, float half)
    {
        float scale = 1 / (1 + (half * half));
        float cos = (1 - (half * half)) * scale;
        float sin = 2 * half * scale;
        float x = (cos * HeadingX[a]) - (sin * HeadingY[a]);
        float y = (sin * HeadingX[a]) + (cos * HeadingY[a]);
        float length = MathF.Sqrt((x * x) + (y * y));
        HeadingX[a] = x / length;
        HeadingY[a] = y / length;
    }

    /// <summary>From -1 to 1.</summary>
    private static float Squash(float z) => z / (1 + MathF.Abs(z));

    private static float Wrap(float place) => place < 0 ? place + Meadow.Size : place >= Meadow.Size ? place - Meadow.Size : place;
}
