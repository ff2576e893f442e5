using System.Diagnostics;
using System.Text.Json;
using CudaNoisy.Training;

namespace CudaNoisy.SlowTests.Audit;

/// <summary>The audit's page in a real browser, at 10,000 issues with images.</summary>
public sealed class PageTests : IDisposable
{
    private const int Issues = 10_000;
    private const int Classes = 10;
    private const int Side = 32;
    private readonly string _folder = Directory.CreateTempSubdirectory("cudanoisy-page-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public async Task FilterKeyboardAndExport()
    {
        var page = Path.Combine(_folder, "audit.html");
        AuditPage.Write(page, Result(), Issues);
        using var browser = await Browser.Open();
        var clock = Stopwatch.StartNew();
        await browser.Go(page, _folder);
        await browser.Until("document.querySelectorAll('.card').length === 60");
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{clock.Elapsed} to load");
        Assert.Contains($"{Issues} of {Issues}", (await browser.Evaluate("document.getElementById('place').textContent")).GetString(), StringComparison.Ordinal);
        Assert.Equal("</script><b>", (await browser.Evaluate("document.getElementById('given').options[1].textContent")).GetString());

        // The focused card's thumbnail comes from an embedded sheet.
        Assert.StartsWith("url(\"blob:", (await browser.Evaluate("getComputedStyle(document.querySelector('.card.focus .thumb')).backgroundImage")).GetString(), StringComparison.Ordinal);

        // Accept, keep, skip, drop, undo by keyboard; the focus moves on.
        await browser.Press("a", "k", "s", "d", "a", "ArrowLeft", "u");
        Assert.Equal("1 accepted, 1 kept, 1 dropped, 1 skipped", (await browser.Evaluate("document.getElementById('tally').textContent")).GetString());
        Assert.Equal("4", (await browser.Evaluate("[...document.querySelectorAll('.card')].findIndex(c => c.classList.contains('focus')).toString()")).GetString());

        // A class pair, by a click into the heat map: row true 3, column given 2.
        await browser.Evaluate("document.getElementById('heat').rows[4].cells[3].click()");
        var texts = await browser.Evaluate("[...document.querySelectorAll('.card')].map(c => c.querySelector('.given').textContent + '>' + c.querySelector('.say').textContent)");
        Assert.NotEmpty(texts.EnumerateArray());
        Assert.All(texts.EnumerateArray(), t => Assert.Equal("class 2>class 3", t.GetString()));
        await browser.Press("a");
        clock.Restart();
        await browser.Evaluate("document.getElementById('given').value = ''; document.getElementById('suggested').value = ''; document.getElementById('given').dispatchEvent(new Event('change'))");
        for (var turn = 0; turn < 50; turn++)
            await browser.Press("n");
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{clock.Elapsed} for 50 pages");
        Assert.StartsWith("page 51 of 167", (await browser.Evaluate("document.getElementById('place').textContent")).GetString(), StringComparison.Ordinal);

        await browser.Press("e");
        var saved = Path.Combine(_folder, "decisions.json");
        for (var wait = 0; wait < 200 && !File.Exists(saved); wait++)
            await Task.Delay(50);
        var decisions = JsonDocument.Parse(await File.ReadAllTextAsync(saved)).RootElement.GetProperty("decisions").EnumerateArray().ToArray();
        Assert.Equal(["accept", "keep", "skip", "drop", "accept"], decisions.Select(d => d.GetProperty("decision").GetString()));
        Assert.Equal("class 3", decisions[^1].GetProperty("label").GetString());
        Assert.Equal(5, DecisionFile.Read(saved).Count);

        await browser.Screenshot(Environment.GetEnvironmentVariable("CUDANOISY_SCREENSHOT") ?? Path.Combine(_folder, "page.png"));
        Assert.Empty(browser.Problems);
        Assert.All(browser.Requests, r => Assert.True(r.StartsWith("file:", StringComparison.Ordinal) || r.StartsWith("blob:", StringComparison.Ordinal) || r.StartsWith("data:", StringComparison.Ordinal), r));
    }

    private static AuditResult Result()
    {
        var random = new Philox(1, 2);
        var pixels = new byte[Issues * Side * Side * 3];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(((i / (Side * Side * 3)) * 7) + (i % 97));
        var given = Enumerable.Range(0, Issues).Select(i => i % Classes).ToArray();
        var probabilities = new float[Issues * Classes];
        for (var i = 0; i < Issues; i++)
        {
            var row = probabilities.AsSpan(i * Classes, Classes);
            row.Fill(0.02f);
            row[(given[i] + 1 + random.Next(Classes - 1)) % Classes] = 0.82f;
        }

        string[] names = ["</script><b>", .. Enumerable.Range(1, Classes - 1).Select(k => $"class {k}")];
        var subject = new AuditSubject("ten thousand", [.. Enumerable.Range(0, Issues).Select(i => $"images/{i}.png")], given, names)
        {
            Pixels = new MemoryPixels(pixels, Side, Side, 3),
            Places = [.. Enumerable.Range(0, Issues)],
            HasPaths = true,
        };
        var confident = ConfidentLearning.Estimate(new ProbabilityMatrix(probabilities, Classes), given, 2);
        return new AuditResult
        {
            Subject = subject,
            Confident = confident,
            Wrong = [.. Enumerable.Range(0, Issues).Select(i => 0.999 - (i * 4e-5))],
            Suggested = confident.Scores.Predicted,
            Filtered = new bool[Issues],
        };
    }
}
