using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace CudaNoisy.SlowTests.Audit;

/// <summary>A headless Chromium with one page, driven through the DevTools protocol.</summary>
public sealed class Browser : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly ClientWebSocket _socket = new();
    private readonly string _profile = Directory.CreateTempSubdirectory("cudanoisy-browser-").FullName;
    private readonly CancellationTokenSource _time = new(TimeSpan.FromMinutes(5));
    private string? _session;
    private int _id;

    private Browser(string program)
    {
        var info = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in new[] { "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--remote-debugging-port=0", "--window-size=1280,900", $"--user-data-dir={_profile}", "about:blank" })
            info.ArgumentList.Add(argument);
        _process = Process.Start(info)!;
    }

    /// <summary>Requests the page made, by address.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Console errors, exceptions and log entries.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>Opens a browser, or skips where there is none.</summary>
    public static async Task<Browser> Open()
    {
        var program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }, Path.Combine).FirstOrDefault(File.Exists);
        Skip.If(program is null, "skipped: chromium not present");
        var browser = new Browser(program);
        while (await browser._process.StandardError.ReadLineAsync(browser._time.Token) is { } line)
        {
            if (line.StartsWith("DevTools listening on ", StringComparison.Ordinal))
            {
                _ = browser._process.StandardError.ReadToEndAsync();
                await browser._socket.ConnectAsync(new Uri(line["DevTools listening on ".Length..]), browser._time.Token);
                return browser;
            }
        }

        browser.Dispose();
        throw new InvalidOperationException("chromium did not start");
    }

    /// <summary>Opens a page and listens to it; downloads go to a folder.</summary>
    public async Task Go(string path, string downloads)
    {
        await Send("Browser.setDownloadBehavior", new { behavior = "allow", downloadPath = downloads });
        var target = (await Send("Target.createTarget", new { url = "about:blank" })).GetProperty("targetId").GetString();
        _session = (await Send("Target.attachToTarget", new { targetId = target, flatten = true })).GetProperty("sessionId").GetString();
        foreach (var domain in new[] { "Page", "Runtime", "Network", "Log" })
            await Send(domain + ".enable", new { });
        await Send("Page.navigate", new { url = new Uri(path).AbsoluteUri });
        await Until("document.readyState === 'complete'");
    }

    /// <summary>Evaluates an expression; the result as JSON.</summary>
    public async Task<JsonElement> Evaluate(string expression)
    {
        var reply = await Send("Runtime.evaluate", new { expression, returnByValue = true });
        Assert.False(reply.TryGetProperty("exceptionDetails", out var failure), failure.ToString());
        return reply.GetProperty("result").TryGetProperty("value", out var value) ? value : default;
    }

    /// <summary>Presses keys, one after another.</summary>
    public async Task Press(params string[] keys)
    {
        foreach (var key in keys)
        {
            await Send("Input.dispatchKeyEvent", new { type = "keyDown", key, text = key.Length == 1 ? key : null });
            await Send("Input.dispatchKeyEvent", new { type = "keyUp", key });
        }
    }

    /// <summary>Waits for an expression to be true.</summary>
    public async Task Until(string expression)
    {
        var clock = Stopwatch.StartNew();
        while (!(await Evaluate(expression)).GetBoolean())
        {
            Assert.True(clock.Elapsed < Limit, $"never true: {expression}");
            await Task.Delay(50);
        }
    }

    /// <summary>The page as a PNG file.</summary>
    public async Task Screenshot(string path) =>
        await File.WriteAllBytesAsync(path, (await Send("Page.captureScreenshot", new { format = "png" })).GetProperty("data").GetBytesFromBase64());

    public void Dispose()
    {
        _socket.Dispose();
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _time.Dispose();
        try
        {
            Directory.Delete(_profile, recursive: true);
        }
        catch (IOException)
        {
            // A helper process may still be writing its cache.
        }
    }

    private async Task<JsonElement> Send(string method, object parameters)
    {
        var id = ++_id;
        var message = JsonSerializer.SerializeToUtf8Bytes(new { id, method, @params = parameters, sessionId = _session }, Options);
        await _socket.SendAsync(message, WebSocketMessageType.Text, true, _time.Token);
        while (true)
        {
            var reply = await Receive();
            if (reply.TryGetProperty("id", out var answered) && answered.GetInt32() == id)
                return reply.TryGetProperty("result", out var result) ? result : throw new InvalidOperationException(reply.ToString());
            Note(reply);
        }
    }

    private static JsonSerializerOptions Options { get; } = new() { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    private async Task<JsonElement> Receive()
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[1 << 16];
        ValueWebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer.AsMemory(), _time.Token);
            bytes.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return JsonDocument.Parse(Encoding.UTF8.GetString(bytes.ToArray())).RootElement;
    }

    private void Note(JsonElement message)
    {
        if (!message.TryGetProperty("method", out var method) || !message.TryGetProperty("params", out var p))
            return;
        switch (method.GetString())
        {
            case "Network.requestWillBeSent":
                Requests.Add(p.GetProperty("request").GetProperty("url").GetString()!);
                break;
            case "Runtime.exceptionThrown":
            case "Log.entryAdded":
                Problems.Add(p.ToString());
                break;
            case "Runtime.consoleAPICalled" when p.GetProperty("type").GetString() is "error" or "warning":
                Problems.Add(p.ToString());
                break;
        }
    }
}
