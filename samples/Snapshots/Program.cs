using System;
using Snapshots;

Envelope envelope = default;
Brain brain = default;
envelope.Initialize(seed: 1);
brain.Initialize(seed: 2);

Envelope.State heard = default;
Brain.State thought = default;
float[] actions = new float[Brain.OutputSize];
envelope.Step([0.5f], ref heard);
brain.Step([1, 0, -1], ref thought, actions);
Console.WriteLine(FormattableString.Invariant($"envelope {heard.WorkingMemory[0]:F6}, actions {actions[0]:F6} {actions[1]:F6}"));
