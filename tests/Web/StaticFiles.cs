using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace WebSample.Tests;

/// <summary>A server of the files in a folder, as any will do for the sample.</summary>
internal sealed class StaticFiles : IDisposable
{
    private static readonly Dictionary<string, string> Types = new()
    {
        [".html"] = "text/html", [".js"] = "text/javascript", [".css"] = "text/css", [".svg"] = "image/svg+xml",
        [".wasm"] = "application/wasm", [".wav"] = "audio/wav",
    };

    private readonly string folder;
    private readonly HttpListener listener = new();

    public StaticFiles(string folder)
    {
        this.folder = folder;
        Address = new Uri($"http://localhost:{FreePort()}/");
        listener.Prefixes.Add(Address.AbsoluteUri);
        listener.Start();
        _ = Serve();
    }

    public Uri Address { get; }

    public void Dispose() => listener.Close();

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    private async Task Serve()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            await Answer(context);
        }
    }

    private async Task Answer(HttpListenerContext context)
    {
        string name = context.Request.Url!.AbsolutePath.TrimStart('/');
        string path = Path.Combine(folder, name.Length == 0 ? "index.html" : name);
        using HttpListenerResponse response = context.Response;
        if (!File.Exists(path))
        {
            response.StatusCode = (int)HttpStatusCode.NotFound;
            return;
        }

        response.ContentType = Types.GetValueOrDefault(Path.GetExtension(path), "application/octet-stream");
        byte[] content = await File.ReadAllBytesAsync(path);
        response.ContentLength64 = content.Length;
        try
        {
            await response.OutputStream.WriteAsync(content);
        }
        catch (HttpListenerException)
        {
            // The page was closed before it had everything.
        }
    }
}
