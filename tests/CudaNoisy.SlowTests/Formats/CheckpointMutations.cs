using System.Diagnostics;
using CudaNoisy.Export;
using CudaNoisy.Runtime;
using CudaNoisy.Runtime.Formats;
using CudaNoisy.Tests;

namespace CudaNoisy.SlowTests.Formats;

/// <summary>Damaged files by the hundred thousand: each is read, or refused with a typed error of one line, in bounded time and memory.</summary>
public sealed class CheckpointMutations
{
    private const int Mutations = 100_000;
    private const int Seed = 20260509;
    private const int Rounds = 1000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>The reader's own bound, and as much again for the network that is built.</summary>
    private const long FloorBytes = 2 * (64L << 20);
    private const long BytesPerByte = 2 * 32;

    [SkippableTheory]
    [InlineData("checkpoints/akamaster/resnet20-12fca82f.th")]
    [InlineData("checkpoints/akamaster/resnet32-d509ac18.th")]
    [InlineData("checkpoints/akamaster/resnet44-014dd654.th")]
    [InlineData("checkpoints/vnncomp2021/cifar10_resnet__pytorch_model__resnet2b__model_best.pth")]
    [InlineData("golden/resnet32/encoder.pth.tar")]
    [InlineData("checkpoints/simclr/resnet32-simclr-fashion.pth.tar")]
    public void CheckpointsAreConvertedOrRefused(string file)
    {
        var options = new ConversionOptions { AllowMissing = true, AllowUnexpected = true };
        Run(file, Mutations, bytes => CheckpointConverter.Convert(bytes, "mutated", options));
    }

    [SkippableTheory]
    [InlineData("data/cifar_n/CIFAR-100_human.pt", 10_000)]
    [InlineData("data/imagenet32_sample/train_data_batch_1", Mutations)]
    public void PicklesOfDataAreReadOrRefused(string file, int mutations) => Run(file, mutations, bytes =>
    {
        var value = file.EndsWith(".pt", StringComparison.Ordinal) ? TorchFile.Parse(bytes, "mutated") : PickleFile.Parse(bytes, "mutated");
        foreach (var (_, entry) in value.Entries.Take(10))
            entry.ToArray();
    });

    private static void Run(string file, int mutations, Action<ReadOnlyMemory<byte>> read)
    {
        var original = File.ReadAllBytes(SharedFiles.Require(file.Split('/')));
        var (refused, accepted) = (0, 0);
        Parallel.For(0, mutations / Rounds, () => (byte[])original.Clone(), (round, _, bytes) =>
        {
            var random = new Random(Seed + round);
            for (var i = 0; i < Rounds; i++)
            {
                var mutation = Mutation.Apply(bytes, random);
                var clock = Stopwatch.StartNew();
                var before = GC.GetAllocatedBytesForCurrentThread();
                try
                {
                    read(bytes.AsMemory(0, mutation.Length));
                    Interlocked.Increment(ref accepted);
                }
                catch (InputException e)
                {
                    Interlocked.Increment(ref refused);
                    Assert.DoesNotContain('\n', e.Message);
                }

                Assert.True(clock.Elapsed < Longest, $"round {round}, mutation {i}: {clock.Elapsed}");
                Assert.True(GC.GetAllocatedBytesForCurrentThread() - before <= FloorBytes + (BytesPerByte * bytes.Length), $"round {round}, mutation {i}: too much memory");
                mutation.Undo(bytes);
            }

            return bytes;
        }, _ => { });
        Assert.Equal(mutations, refused + accepted);
        Assert.True(refused > mutations / 10 && accepted > 0, $"{refused} refused, {accepted} accepted");
    }
}
