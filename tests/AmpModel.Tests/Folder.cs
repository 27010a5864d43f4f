using System;
using System.IO;

namespace AmpModel.Tests;

/// <summary>An empty folder of one test, gone afterwards.</summary>
internal sealed class Folder : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("amp-model-");

    public string Path => directory.FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => directory.Delete(recursive: true);

    /// <summary>Writes a mono WAV file.</summary>
    public string Wav(string name, float[] samples, int sampleRate = 8000, int channels = 1, SampleFormat format = SampleFormat.Pcm16)
    {
        new WavFile(samples, sampleRate, channels, format).Write(this[name]);
        return this[name];
    }
}
