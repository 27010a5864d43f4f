using System;
using System.IO;
using NAudio.Wave;

namespace AmpModel.Tests;

/// <summary>An empty folder of one test, gone afterwards.</summary>
internal sealed class Folder : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("amp-model-");

    public string Path => directory.FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => directory.Delete(recursive: true);

    /// <summary>Writes a WAV file, of 8000 samples of 16 bits a second unless another format is given.</summary>
    public string Wav(string name, float[] samples, WaveFormat? format = null)
    {
        new WavFile(samples, format ?? new WaveFormat(rate: 8000, bits: 16, channels: 1)).Write(this[name]);
        return this[name];
    }
}
