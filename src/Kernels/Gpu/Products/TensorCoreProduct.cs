using ILGPU;
using ILGPU.Runtime.Cuda;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>TF32 tensor cores (sm_80 and later): operands rounded to 10 bits of mantissa, products exact, sums in float32.</summary>
/// <remarks>m16n8k8 twice a stage. In step s lane 4g + t gives terms 4t+2s and 4t+2s+1 the places t and t+4 of the instruction: which term is called
/// what does not matter to a sum as long as both operands agree, and so each thread's four terms lie side by side. A lane's places in a stage follow from two
/// addresses an operand (see <see cref="SharedLayout"/>), which are kept: the loop is bound by the number of its instructions.</remarks>
public struct TensorCoreProduct : IInnerProduct<TensorCoreProduct>
{
    private bool _leftAlongDepth;
    private bool _rightAlongDepth;
    private int _columns;
    private int _leftEven;
    private int _leftOdd;
    private int _rightEven;
    private int _rightOdd;

    /// <inheritdoc/>
    public static int Registers => 128;

    /// <inheritdoc/>
    public static bool Writes => true;

    /// <inheritdoc/>
    public static TensorCoreProduct Create(StageOperand left, StageOperand right)
    {
        CudaAsm.Emit(TensorCoreText.Start);
        var lane = Group.IdxX & 31;
        var row = (lane >> 2) * 4;
        var depth = (lane & 3) * 4;
        return new TensorCoreProduct
        {
            _leftAlongDepth = left.AlongDepth,
            _rightAlongDepth = right.AlongDepth,
            _columns = right.Rows,
            _leftEven = left.Address(row, depth, 0),
            _leftOdd = left.Address(row, depth, 1),
            _rightEven = right.Address(row, depth, 0),
            _rightOdd = right.Address(row, depth, 1),
        };
    }

    /// <inheritdoc/>
    public readonly void Multiply(ref Accumulators sums, ArrayView<float> shared, int stage)
    {
        var start = stage * sizeof(float);
        if (_rightAlongDepth)
            CudaAsm.Emit(TensorCoreText.RightAlongDepth, _rightEven + start, _rightOdd + start);
        else if (_columns == 128)
            CudaAsm.Emit(TensorCoreText.RightAlongRowsOf128, _rightEven + start);
        else if (_columns == 64)
            CudaAsm.Emit(TensorCoreText.RightAlongRowsOf64, _rightEven + start);
        else
            CudaAsm.Emit(TensorCoreText.RightAlongRowsOf32, _rightEven + start);
        if (!_leftAlongDepth)
        {
            CudaAsm.Emit(TensorCoreText.MultiplyStep0AlongRows, _leftEven + start);
            CudaAsm.Emit(TensorCoreText.MultiplyStep1AlongRows, _leftEven + start);
            return;
        }

        CudaAsm.Emit(TensorCoreText.Left0AlongDepth, _leftEven + start);
        CudaAsm.Emit(TensorCoreText.Multiply0);
        CudaAsm.Emit(TensorCoreText.Left1AlongDepth, _leftOdd + start);
        CudaAsm.Emit(TensorCoreText.Multiply1);
        CudaAsm.Emit(TensorCoreText.Left2AlongDepth, _leftEven + start);
        CudaAsm.Emit(TensorCoreText.Multiply2);
        CudaAsm.Emit(TensorCoreText.Left3AlongDepth, _leftOdd + start);
        CudaAsm.Emit(TensorCoreText.Multiply3);
    }

    /// <inheritdoc/>
    public static void Finish(ref Accumulators sums, ArrayView<float> shared)
    {
        var low = Group.IdxX * 4;
        var high = (Group.DimX + Group.IdxX) * 4;
        CudaAsm.Emit(TensorCoreText.Store0, low * sizeof(float), high * sizeof(float));
        sums.R0 = Read(shared, low, high);
        CudaAsm.Emit(TensorCoreText.Store1, low * sizeof(float), high * sizeof(float));
        sums.R1 = Read(shared, low, high);
        CudaAsm.Emit(TensorCoreText.Store2, low * sizeof(float), high * sizeof(float));
        sums.R2 = Read(shared, low, high);
        CudaAsm.Emit(TensorCoreText.Store3, low * sizeof(float), high * sizeof(float));
        sums.R3 = Read(shared, low, high);
        CudaAsm.Emit(TensorCoreText.Store4, low * sizeof(float), high * sizeof(float));
        sums.R4 = Read(shared, low, high);
        CudaAsm.Emit(TensorCoreText.Store5, low * sizeof(float), high * sizeof(float));
        sums.R5 = Read(shared, low, high);
        CudaAsm.Emit(TensorCoreText.Store6, low * sizeof(float), high * sizeof(float));
        sums.R6 = Read(shared, low, high);
        CudaAsm.Emit(TensorCoreText.Store7, low * sizeof(float), high * sizeof(float));
        sums.R7 = Read(shared, low, high);
    }

    /// <inheritdoc/>
    public static void Write(long address, RowTable rows, int first, int columns, int left)
    {
        var row = rows.Output(first);
        CudaAsm.Emit(TensorCoreText.Write0, At(address, row, columns), row < 0 ? 0 : left);
        row = rows.Output(first + 1);
        CudaAsm.Emit(TensorCoreText.Write1, At(address, row, columns), row < 0 ? 0 : left);
        row = rows.Output(first + 2);
        CudaAsm.Emit(TensorCoreText.Write2, At(address, row, columns), row < 0 ? 0 : left);
        row = rows.Output(first + 3);
        CudaAsm.Emit(TensorCoreText.Write3, At(address, row, columns), row < 0 ? 0 : left);
        row = rows.Output(first + 32);
        CudaAsm.Emit(TensorCoreText.Write4, At(address, row, columns), row < 0 ? 0 : left);
        row = rows.Output(first + 33);
        CudaAsm.Emit(TensorCoreText.Write5, At(address, row, columns), row < 0 ? 0 : left);
        row = rows.Output(first + 34);
        CudaAsm.Emit(TensorCoreText.Write6, At(address, row, columns), row < 0 ? 0 : left);
        row = rows.Output(first + 35);
        CudaAsm.Emit(TensorCoreText.Write7, At(address, row, columns), row < 0 ? 0 : left);
    }

    private static long At(long address, int row, int columns) => address + ((long)row * columns * sizeof(float));

    private static Octet Read(ArrayView<float> shared, int low, int high)
    {
        var a = Quads.Load(shared, low);
        var b = Quads.Load(shared, high);
        return new Octet { C0 = a.X, C1 = a.Y, C2 = a.Z, C3 = a.W, C4 = b.X, C5 = b.Y, C6 = b.Z, C7 = b.W };
    }
}
