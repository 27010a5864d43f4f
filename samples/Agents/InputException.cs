using System;

namespace Agents;

/// <summary>Something the user gave cannot be used; the message is one line that says what to do.</summary>
internal sealed class InputException(string message) : Exception(message);
