using System.Text;
using CudaNoisy.Runtime;
using CudaNoisy.Runtime.Formats;

namespace CudaNoisy.Tests.Formats;

/// <summary>Pickles: every protocol gives Python's values; what is no plain data is refused and never run.</summary>
public sealed class PickleTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void EveryProtocolGivesTheSameValues(int protocol)
    {
        var v = PickleFile.Parse(PickleSamples.Protocol(protocol), "v");
        Assert.True(v["none"].IsNone);
        Assert.Equal([1, 0, 7, -70000, 1L << 62], new[] { "t", "f", "i", "neg", "big" }.Select(k => v[k].ToLong()));
        Assert.Equal(1.5, v["x"].ToDouble());
        Assert.Equal("aé€\n'", v["s"].ToText());
        Assert.Equal([0, 255], v["b"].ToBytes().ToArray());
        Assert.Equal(["int", "float", "str"], v["l"].Items.Select(i => i.Kind));
        Assert.Equal([2, 3], v["tu"].Items.Last().ToArray().ToInts());
        Assert.Equal(5, v["set"].Items.Single().ToLong());
        Assert.Equal(1, v["od"]["k"].ToLong());
        Assert.Equal(0.1, v["ns"]["lr"].ToDouble());
        Assert.Equal("argparse.Namespace", v["ns"].Kind);
        Assert.Equal([2, 3], v["a"].ToArray().Dims);
        Assert.Equal(new short[] { 0, 1, 2, 3, 4, 5 }, v["a"].ToArray().Values);
        Assert.Equal(new float[] { 0, 1, 2, 3, 4, 5 }, v["fo"].ToArray().Values);
        Assert.Equal(new[] { 0, 1, 2 }, v["be"].ToArray().Values);
        Assert.Equal(2.25, v["sc"].ToDouble());
    }

    [Fact]
    public void KeysOfPythonTwoAreFoundByTheirText()
    {
        var v = Parse("(dp1\nS'data'\np2\nS'\\x00\\xffa\\n'\nsS'labels'\n(lp3\nI6\naI9\nas.");
        Assert.Equal([0, 255, (byte)'a', (byte)'\n'], v["data"].ToBytes().ToArray());
        Assert.Equal([6, 9], v["labels"].ToArray().ToInts());
        Assert.Equal(["data", "labels"], v.Entries.Select(e => e.Key));
        var bytes = PickleFile.Parse((byte[])[0x80, 2, (byte)'}', (byte)'U', 4, .. "data"u8, (byte)'K', 5, (byte)'s', (byte)'.'], "short");
        Assert.Equal(5, bytes["data"].ToLong());
    }

    [Theory]
    [InlineData("cos\nsystem\n(S'touch EVIL'\ntR.", "os.system")]
    [InlineData("cposix\nsystem\n(S'touch EVIL'\ntR.", "posix.system")]
    [InlineData("c__builtin__\neval\n(S'1'\ntR.", "__builtin__.eval")]
    [InlineData("cbuiltins\nexec\n(S'1'\ntR.", "builtins.exec")]
    [InlineData("ccollections\nOrderedDict.fromkeys\n(S'1'\ntR.", "OrderedDict.fromkeys")]
    [InlineData("ctorch._utils\nos.system\n(S'1'\ntR.", "torch._utils.os.system")]
    [InlineData("ccopy_reg\n_reconstructor\n(csubprocess\nPopen\nc__builtin__\nobject\nNtR.", "subprocess.Popen")]
    [InlineData("csubprocess\nPopen\n)\u0081.", "subprocess.Popen")]
    [InlineData("\u0080\u0004\u008c\u0002os\u008c\u0006system\u0093\u008c\u0001x\u0085R.", "os.system")]
    [InlineData("cnumpy.core.multiarray\n_reconstruct\n(cos\nsystem\n(I0\ntS'b'\ntR.", "numpy.ndarray")]
    [InlineData("(i__main__\nEvil\n.", "0x69")]
    public void CodeIsNamedAndNotRun(string pickle, string named)
    {
        AssertError(named, Encoding.Latin1.GetBytes(pickle));
        Assert.False(File.Exists("EVIL"));
    }

    [Theory]
    [InlineData("", "byte 0: 1 more bytes")]
    [InlineData("N", "byte 1: 1 more bytes")]
    [InlineData(".", "stack")]
    [InlineData("(.", "stack")]
    [InlineData("h\u0001.", "number 1 of the memo")]
    [InlineData("]q\u0000h\u0000a.", "holds itself")]
    [InlineData("]q\u0000]q\u0001h\u0000ah\u0000h\u0001a.", "holds itself")]
    [InlineData("X\u00ff\u00ff\u00ff\u007fabc.", "2147483647 more bytes")]
    [InlineData("\u008e\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ffa.", "more bytes")]
    [InlineData("T\u00ff\u00ff\u00ff\u00ffa.", "-1 more bytes")]
    [InlineData("\u008b\u00ff\u00ff\u00ff\u007fa.", "integer of at most")]
    [InlineData("L99999999999999999999999999999999999999999999999999999999999999999999999L\n.", "digits")]
    [InlineData("Ione\n.", "decimal")]
    [InlineData("S'a\n.", "quoted")]
    [InlineData("Q.", "stack")]
    [InlineData("Pabc\n.", "persistent")]
    [InlineData("}Na.", "list to append")]
    [InlineData("(K\u0001d.", "keys and values")]
    [InlineData("\u0080\u0007N.", "protocol")]
    [InlineData("\u0095\u00ff\u0000\u0000\u0000\u0000\u0000\u0000\u0000N.", "frame")]
    [InlineData("NN\u0081.", "tuple of arguments")]
    [InlineData("N}b.", "state")]
    [InlineData("p-1\n.", "memo number")]
    public void DamageIsNamedWithItsByte(string pickle, string named) => AssertError(named, Encoding.Latin1.GetBytes(pickle));

    [Fact]
    public void NamesFromTheFileStayOnOneLine()
    {
        AssertError("os .system", Encoding.Latin1.GetBytes("\u0080\u0004\u008c\u0003os\n\u008c\u0006system\u0093)R."));
        var value = PickleFile.Parse(Encoding.Latin1.GetBytes($"}}S'{new string('k', 100_000)}'\nK\u0001s."), "long");
        Assert.True(Assert.Throws<InputException>(() => value["x"]).Message.Length < 3000);
    }

    [Fact]
    public void DepthIsLimited()
    {
        var lists = new string(']', 200) + new string('a', 199) + ".";
        AssertError("nested at most", Encoding.Latin1.GetBytes(lists));
        AssertError("nested at most", Encoding.Latin1.GetBytes(new string('(', 100_000)));
    }

    [Fact]
    public void SharedReferencesCostNothing()
    {
        var pickle = new StringBuilder("]q\u0000");
        for (var i = 0; i < 90; i++)
            pickle.Append($"](h{(char)i}h{(char)i}eq{(char)(i + 1)}");
        Assert.Equal(2, PickleFile.Parse(Encoding.Latin1.GetBytes(pickle.Append('.').ToString()), "laughs").Items.Count());
    }

    [Fact]
    public void CopiesAreCounted()
    {
        var pickle = new List<byte>();
        pickle.AddRange("("u8);
        pickle.AddRange([(byte)'B', .. BitConverter.GetBytes(1 << 20), .. new byte[1 << 20], (byte)'q', 0, (byte)'0', (byte)'c', .. "numpy\ndtype\n"u8, (byte)'(', .. "S'u1'\ntRq\u0001"u8]);
        for (var i = 0; i < 200; i++)
            pickle.AddRange([.. "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\ntR(K\u0001(I1048576\nth\u0001I00\nh\0tb"u8]);
        AssertError("memory", [.. pickle]);
    }

    [SkippableFact]
    public void ImageNetBatchesAreRead()
    {
        var batch = PickleFile.Read(SharedFiles.Require("data", "imagenet32_sample", "train_data_batch_1"));
        var data = batch["data"].ToArray();
        var labels = batch["labels"].ToArray().ToInts();
        Assert.Equal([labels.Length, 3072], data.Dims);
        Assert.IsType<byte[]>(data.Values);
        Assert.All(labels, label => Assert.InRange(label, 1, 1000));
        Assert.Equal([3072], batch["mean"].ToArray().Dims);
        Assert.Null(PickleFile.Read(SharedFiles.At("data", "imagenet32_sample", "val_data")).Find("mean"));
        var packed = NpyFile.ReadArchive(SharedFiles.At("data", "imagenet32_sample", "train_data_batch_1.npz"));
        Assert.Equal((byte[])packed["data"].Values, (byte[])data.Values);
    }

    private static PickleValue Parse(string text) => PickleFile.Parse(Encoding.Latin1.GetBytes(text), "text");

    private static void AssertError(string named, byte[] pickle)
    {
        var error = Assert.Throws<InputException>(() => PickleFile.Parse(pickle, "bad.pkl"));
        Assert.StartsWith("bad.pkl: byte ", error.Message, StringComparison.Ordinal);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
