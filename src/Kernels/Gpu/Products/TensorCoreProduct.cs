using ILGPU;
using ILGPU.Runtime.Cuda;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>TF32 tensor cores (sm_80 and later): operands rounded to 10 bits of mantissa, products exact, sums in float32.</summary>
/// <remarks>m16n8k8 twice a stage. In step s lane 4g + t gives terms 4t+2s and 4t+2s+1 the places t and t+4 of the instruction: which term is called
/// what does not matter to a sum as long as both operands agree, and so each thread's four terms lie side by side.</remarks>
public readonly struct TensorCoreProduct : IInnerProduct
{
    /// <inheritdoc/>
    public static int Registers => 128;

    /// <inheritdoc/>
    public static void Start() => CudaAsm.Emit(TensorCoreText.Start);

    /// <inheritdoc/>
    public static void Multiply(ref Accumulators sums, ArrayView<float> shared, StageOperand left, StageOperand right)
    {
        var lane = Group.IdxX & 31;
        var row = (lane >> 2) * 4;
        var depth = (lane & 3) * 4;
        if (right.AlongDepth)
            CudaAsm.Emit(TensorCoreText.RightAlongDepth, right.Address(row, depth, 0), right.Address(row, depth, 1), right.Address(row, depth, 2), right.Address(row, depth, 3));
        else
            CudaAsm.Emit(TensorCoreText.RightAlongRows, right.Address(row, depth, 0), right.Address(row, depth, 1), right.Address(row, depth, 2), right.Address(row, depth, 3));
        if (!left.AlongDepth)
        {
            CudaAsm.Emit(TensorCoreText.TopAlongRows, left.Address(row, depth, 0), left.Address(row, depth, 1), left.Address(row, depth, 2), left.Address(row, depth, 3));
            CudaAsm.Emit(
                TensorCoreText.BottomAlongRows, left.Address(row + 32, depth, 0), left.Address(row + 32, depth, 1), left.Address(row + 32, depth, 2), left.Address(row + 32, depth, 3));
        }

        if (left.AlongDepth)
            CudaAsm.Emit(TensorCoreText.Left0AlongDepth, left.Address(row, depth, 0), left.Address(row + 32, depth, 0));
        CudaAsm.Emit(TensorCoreText.Multiply0);
        if (left.AlongDepth)
            CudaAsm.Emit(TensorCoreText.Left1AlongDepth, left.Address(row, depth, 1), left.Address(row + 32, depth, 1));
        CudaAsm.Emit(TensorCoreText.Multiply1);
        if (left.AlongDepth)
            CudaAsm.Emit(TensorCoreText.Left2AlongDepth, left.Address(row, depth, 2), left.Address(row + 32, depth, 2));
        CudaAsm.Emit(TensorCoreText.Multiply2);
        if (left.AlongDepth)
            CudaAsm.Emit(TensorCoreText.Left3AlongDepth, left.Address(row, depth, 3), left.Address(row + 32, depth, 3));
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

    private static Octet Read(ArrayView<float> shared, int low, int high)
    {
        var a = Quads.Load(shared, low);
        var b = Quads.Load(shared, high);
        return new Octet { C0 = a.X, C1 = a.Y, C2 = a.Z, C3 = a.W, C4 = b.X, C5 = b.Y, C6 = b.Z, C7 = b.W };
    }
}
