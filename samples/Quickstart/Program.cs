using System;
using Lstm;

// A beat of two sines: predict the next value from the one before.
const int Steps = 200;
float[] wave = new float[Steps + 1];
for (int t = 0; t <= Steps; t++)
{
    wave[t] = (0.5f * MathF.Sin(0.3f * t)) + (0.5f * MathF.Sin(0.47f * t));
}

ReadOnlySpan<float> x = wave.AsSpan(0, Steps);
ReadOnlySpan<float> target = wave.AsSpan(1, Steps);
float[] y = new float[Steps], dY = new float[Steps], tape = new float[Net.TapeLength(Steps)];

Net net = default;
net.Initialize(seed: 1);
Net.Gradient gradient = default;
var adam = new Adam(net.Parameters.Length, learningRate: 0.01f);

for (int epoch = 0; epoch <= 300; epoch++)
{
    Net.State state = default, dState = default;
    net.Forward(x, ref state, y, tape);                     // forward, recorded
    float loss = Loss.Squared(y, target, dY);               // 1/2 sum (y - target)^2, and dL/dy
    gradient.Clear();
    net.Backward(x, tape, dY, ref dState, ref gradient);    // adds dL/dw to the gradient
    GradientClipping.ByGlobalNorm(gradient.Values, 1);
    adam.Step(net.Parameters, gradient.Values);
    if (epoch % 100 == 0)
    {
        Console.WriteLine($"epoch {epoch,3}: loss {loss:0.0000}");
    }
}

// Streaming: one value in, one out, nothing allocated.
Net.State live = default;
Span<float> next = stackalloc float[1];
foreach (float value in wave)
{
    net.Step([value], ref live, next);
}

float expected = (0.5f * MathF.Sin(0.3f * (Steps + 1))) + (0.5f * MathF.Sin(0.47f * (Steps + 1)));
Console.WriteLine($"after {wave.Length} steps it says {next[0]:0.000}; the wave goes on with {expected:0.000}");

[LstmNetwork(Input = 1, Hidden = 16, Output = 1)]
public partial struct Net;
