namespace CudaNoisy.Kernels.Gpu;

/// <summary>The PTX of <see cref="TensorCoreProduct"/>. Accumulators and fragments live in PTX registers of the kernel's own scope: values that inline PTX
/// hands back to ILGPU would go through local memory.</summary>
/// <remarks>sum(8 r + c): the thread's row r, column c, as in <see cref="Accumulators"/>. top(4 i + k), bottom(4 i + k): rows i and i + 32 of the left
/// fragment, term k. right(4 j + k): column j, term k. Rounding is to the nearest of 10 bits: the hardware drops the low 13, so half of their range is added
/// first; infinities and NaNs stay.</remarks>
internal static class TensorCoreText
{
    /// <summary>Declares the registers and clears the accumulators.</summary>
    public const string Start =
        ".reg .f32 sum<64>, top<16>, bottom<16>, right<16>;\n" +
        "mov.f32 sum0, 0f00000000; mov.f32 sum1, 0f00000000; mov.f32 sum2, 0f00000000; mov.f32 sum3, 0f00000000; mov.f32 sum4, 0f00000000; mov.f32 sum5, 0f00000000; mov.f32 sum6, 0f00000000; mov.f32 sum7, 0f00000000;\n" +
        "mov.f32 sum8, 0f00000000; mov.f32 sum9, 0f00000000; mov.f32 sum10, 0f00000000; mov.f32 sum11, 0f00000000; mov.f32 sum12, 0f00000000; mov.f32 sum13, 0f00000000; mov.f32 sum14, 0f00000000; mov.f32 sum15, 0f00000000;\n" +
        "mov.f32 sum16, 0f00000000; mov.f32 sum17, 0f00000000; mov.f32 sum18, 0f00000000; mov.f32 sum19, 0f00000000; mov.f32 sum20, 0f00000000; mov.f32 sum21, 0f00000000; mov.f32 sum22, 0f00000000; mov.f32 sum23, 0f00000000;\n" +
        "mov.f32 sum24, 0f00000000; mov.f32 sum25, 0f00000000; mov.f32 sum26, 0f00000000; mov.f32 sum27, 0f00000000; mov.f32 sum28, 0f00000000; mov.f32 sum29, 0f00000000; mov.f32 sum30, 0f00000000; mov.f32 sum31, 0f00000000;\n" +
        "mov.f32 sum32, 0f00000000; mov.f32 sum33, 0f00000000; mov.f32 sum34, 0f00000000; mov.f32 sum35, 0f00000000; mov.f32 sum36, 0f00000000; mov.f32 sum37, 0f00000000; mov.f32 sum38, 0f00000000; mov.f32 sum39, 0f00000000;\n" +
        "mov.f32 sum40, 0f00000000; mov.f32 sum41, 0f00000000; mov.f32 sum42, 0f00000000; mov.f32 sum43, 0f00000000; mov.f32 sum44, 0f00000000; mov.f32 sum45, 0f00000000; mov.f32 sum46, 0f00000000; mov.f32 sum47, 0f00000000;\n" +
        "mov.f32 sum48, 0f00000000; mov.f32 sum49, 0f00000000; mov.f32 sum50, 0f00000000; mov.f32 sum51, 0f00000000; mov.f32 sum52, 0f00000000; mov.f32 sum53, 0f00000000; mov.f32 sum54, 0f00000000; mov.f32 sum55, 0f00000000;\n" +
        "mov.f32 sum56, 0f00000000; mov.f32 sum57, 0f00000000; mov.f32 sum58, 0f00000000; mov.f32 sum59, 0f00000000; mov.f32 sum60, 0f00000000; mov.f32 sum61, 0f00000000; mov.f32 sum62, 0f00000000; mov.f32 sum63, 0f00000000;\n";

    /// <summary>Rounds the right fragment to TF32, to nearest; what is not finite stays.</summary>
    private const string RoundRight =
        "{ .reg .pred finite; .reg .f32 size; .reg .b32 bits;\n" +
        "abs.f32 size, right0; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, right0; @finite add.u32 bits, bits, 0x1000; mov.b32 right0, bits;\n" +
        "abs.f32 size, right1; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, right1; @finite add.u32 bits, bits, 0x1000; mov.b32 right1, bits;\n" +
        "abs.f32 size, right2; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, right2; @finite add.u32 bits, bits, 0x1000; mov.b32 right2, bits;\n" +
        "abs.f32 size, right3; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, right3; @finite add.u32 bits, bits, 0x1000; mov.b32 right3, bits;\n" +
        "abs.f32 size, right4; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, right4; @finite add.u32 bits, bits, 0x1000; mov.b32 right4, bits;\n" +
        "abs.f32 size, right5; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, right5; @finite add.u32 bits, bits, 0x1000; mov.b32 right5, bits;\n" +
        "abs.f32 size, right6; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, right6; @finite add.u32 bits, bits, 0x1000; mov.b32 right6, bits;\n" +
        "abs.f32 size, right7; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, right7; @finite add.u32 bits, bits, 0x1000; mov.b32 right7, bits;\n" +
        "abs.f32 size, right8; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, right8; @finite add.u32 bits, bits, 0x1000; mov.b32 right8, bits;\n" +
        "abs.f32 size, right9; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, right9; @finite add.u32 bits, bits, 0x1000; mov.b32 right9, bits;\n" +
        "abs.f32 size, right10; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, right10; @finite add.u32 bits, bits, 0x1000; mov.b32 right10, bits;\n" +
        "abs.f32 size, right11; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, right11; @finite add.u32 bits, bits, 0x1000; mov.b32 right11, bits;\n" +
        "abs.f32 size, right12; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, right12; @finite add.u32 bits, bits, 0x1000; mov.b32 right12, bits;\n" +
        "abs.f32 size, right13; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, right13; @finite add.u32 bits, bits, 0x1000; mov.b32 right13, bits;\n" +
        "abs.f32 size, right14; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, right14; @finite add.u32 bits, bits, 0x1000; mov.b32 right14, bits;\n" +
        "abs.f32 size, right15; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, right15; @finite add.u32 bits, bits, 0x1000; mov.b32 right15, bits; }\n";

    /// <summary>Reads and rounds the right fragment from four addresses, one a column.</summary>
    public const string RightAlongDepth =
        "{ .reg .u32 from;\n" +
        "mov.u32 from, __shared_alloca0; add.u32 from, from, %0; ld.shared.v4.f32 {right0,right1,right2,right3}, [from];\n" +
        "mov.u32 from, __shared_alloca0; add.u32 from, from, %1; ld.shared.v4.f32 {right4,right5,right6,right7}, [from];\n" +
        "mov.u32 from, __shared_alloca0; add.u32 from, from, %2; ld.shared.v4.f32 {right8,right9,right10,right11}, [from];\n" +
        "mov.u32 from, __shared_alloca0; add.u32 from, from, %3; ld.shared.v4.f32 {right12,right13,right14,right15}, [from]; }\n" +
        RoundRight;

    /// <summary>Reads and rounds the right fragment from four addresses, one a term.</summary>
    public const string RightAlongRows =
        "{ .reg .u32 from;\n" +
        "mov.u32 from, __shared_alloca0; add.u32 from, from, %0; ld.shared.v4.f32 {right0,right4,right8,right12}, [from];\n" +
        "mov.u32 from, __shared_alloca0; add.u32 from, from, %1; ld.shared.v4.f32 {right1,right5,right9,right13}, [from];\n" +
        "mov.u32 from, __shared_alloca0; add.u32 from, from, %2; ld.shared.v4.f32 {right2,right6,right10,right14}, [from];\n" +
        "mov.u32 from, __shared_alloca0; add.u32 from, from, %3; ld.shared.v4.f32 {right3,right7,right11,right15}, [from]; }\n" +
        RoundRight;

    /// <summary>Reads the top rows from four addresses, one a term.</summary>
    public const string TopAlongRows =
        "{ .reg .u32 from;\n" +
        "mov.u32 from, __shared_alloca0; add.u32 from, from, %0; ld.shared.v4.f32 {top0,top4,top8,top12}, [from];\n" +
        "mov.u32 from, __shared_alloca0; add.u32 from, from, %1; ld.shared.v4.f32 {top1,top5,top9,top13}, [from];\n" +
        "mov.u32 from, __shared_alloca0; add.u32 from, from, %2; ld.shared.v4.f32 {top2,top6,top10,top14}, [from];\n" +
        "mov.u32 from, __shared_alloca0; add.u32 from, from, %3; ld.shared.v4.f32 {top3,top7,top11,top15}, [from]; }\n";

    /// <summary>Reads the bottom rows from four addresses, one a term.</summary>
    public const string BottomAlongRows =
        "{ .reg .u32 from;\n" +
        "mov.u32 from, __shared_alloca0; add.u32 from, from, %0; ld.shared.v4.f32 {bottom0,bottom4,bottom8,bottom12}, [from];\n" +
        "mov.u32 from, __shared_alloca0; add.u32 from, from, %1; ld.shared.v4.f32 {bottom1,bottom5,bottom9,bottom13}, [from];\n" +
        "mov.u32 from, __shared_alloca0; add.u32 from, from, %2; ld.shared.v4.f32 {bottom2,bottom6,bottom10,bottom14}, [from];\n" +
        "mov.u32 from, __shared_alloca0; add.u32 from, from, %3; ld.shared.v4.f32 {bottom3,bottom7,bottom11,bottom15}, [from]; }\n";

    /// <summary>Reads rows 0 and 32 from an address each.</summary>
    public const string Left0AlongDepth =
        "{ .reg .u32 from;\n" +
        "mov.u32 from, __shared_alloca0; add.u32 from, from, %0; ld.shared.v4.f32 {top0,top1,top2,top3}, [from];\n" +
        "mov.u32 from, __shared_alloca0; add.u32 from, from, %1; ld.shared.v4.f32 {bottom0,bottom1,bottom2,bottom3}, [from]; }\n";

    /// <summary>Reads rows 1 and 33 from an address each.</summary>
    public const string Left1AlongDepth =
        "{ .reg .u32 from;\n" +
        "mov.u32 from, __shared_alloca0; add.u32 from, from, %0; ld.shared.v4.f32 {top4,top5,top6,top7}, [from];\n" +
        "mov.u32 from, __shared_alloca0; add.u32 from, from, %1; ld.shared.v4.f32 {bottom4,bottom5,bottom6,bottom7}, [from]; }\n";

    /// <summary>Reads rows 2 and 34 from an address each.</summary>
    public const string Left2AlongDepth =
        "{ .reg .u32 from;\n" +
        "mov.u32 from, __shared_alloca0; add.u32 from, from, %0; ld.shared.v4.f32 {top8,top9,top10,top11}, [from];\n" +
        "mov.u32 from, __shared_alloca0; add.u32 from, from, %1; ld.shared.v4.f32 {bottom8,bottom9,bottom10,bottom11}, [from]; }\n";

    /// <summary>Reads rows 3 and 35 from an address each.</summary>
    public const string Left3AlongDepth =
        "{ .reg .u32 from;\n" +
        "mov.u32 from, __shared_alloca0; add.u32 from, from, %0; ld.shared.v4.f32 {top12,top13,top14,top15}, [from];\n" +
        "mov.u32 from, __shared_alloca0; add.u32 from, from, %1; ld.shared.v4.f32 {bottom12,bottom13,bottom14,bottom15}, [from]; }\n";

    /// <summary>Rounds rows 0 and 32 and multiplies them by all columns: two steps of four tensor tiles.</summary>
    public const string Multiply0 =
        "{ .reg .pred finite; .reg .f32 size; .reg .b32 bits;\n" +
        "abs.f32 size, top0; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, top0; @finite add.u32 bits, bits, 0x1000; mov.b32 top0, bits;\n" +
        "abs.f32 size, top1; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, top1; @finite add.u32 bits, bits, 0x1000; mov.b32 top1, bits;\n" +
        "abs.f32 size, top2; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, top2; @finite add.u32 bits, bits, 0x1000; mov.b32 top2, bits;\n" +
        "abs.f32 size, top3; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, top3; @finite add.u32 bits, bits, 0x1000; mov.b32 top3, bits;\n" +
        "abs.f32 size, bottom0; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, bottom0; @finite add.u32 bits, bits, 0x1000; mov.b32 bottom0, bits;\n" +
        "abs.f32 size, bottom1; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, bottom1; @finite add.u32 bits, bits, 0x1000; mov.b32 bottom1, bits;\n" +
        "abs.f32 size, bottom2; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, bottom2; @finite add.u32 bits, bits, 0x1000; mov.b32 bottom2, bits;\n" +
        "abs.f32 size, bottom3; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, bottom3; @finite add.u32 bits, bits, 0x1000; mov.b32 bottom3, bits; }\n" +
        "{ .reg .b32 a<4>, b<2>;\n" +
        "mov.b32 a0, top0; mov.b32 a1, bottom0; mov.b32 a2, top1; mov.b32 a3, bottom1;\n" +
        "mov.b32 b0, right0; mov.b32 b1, right1;\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum0,sum4,sum32,sum36}, {a0,a1,a2,a3}, {b0,b1}, {sum0,sum4,sum32,sum36};\n" +
        "mov.b32 b0, right4; mov.b32 b1, right5;\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum1,sum5,sum33,sum37}, {a0,a1,a2,a3}, {b0,b1}, {sum1,sum5,sum33,sum37};\n" +
        "mov.b32 b0, right8; mov.b32 b1, right9;\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum2,sum6,sum34,sum38}, {a0,a1,a2,a3}, {b0,b1}, {sum2,sum6,sum34,sum38};\n" +
        "mov.b32 b0, right12; mov.b32 b1, right13;\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum3,sum7,sum35,sum39}, {a0,a1,a2,a3}, {b0,b1}, {sum3,sum7,sum35,sum39};\n" +
        "mov.b32 a0, top2; mov.b32 a1, bottom2; mov.b32 a2, top3; mov.b32 a3, bottom3;\n" +
        "mov.b32 b0, right2; mov.b32 b1, right3;\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum0,sum4,sum32,sum36}, {a0,a1,a2,a3}, {b0,b1}, {sum0,sum4,sum32,sum36};\n" +
        "mov.b32 b0, right6; mov.b32 b1, right7;\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum1,sum5,sum33,sum37}, {a0,a1,a2,a3}, {b0,b1}, {sum1,sum5,sum33,sum37};\n" +
        "mov.b32 b0, right10; mov.b32 b1, right11;\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum2,sum6,sum34,sum38}, {a0,a1,a2,a3}, {b0,b1}, {sum2,sum6,sum34,sum38};\n" +
        "mov.b32 b0, right14; mov.b32 b1, right15;\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum3,sum7,sum35,sum39}, {a0,a1,a2,a3}, {b0,b1}, {sum3,sum7,sum35,sum39}; }\n";

    /// <summary>Rounds rows 1 and 33 and multiplies them by all columns: two steps of four tensor tiles.</summary>
    public const string Multiply1 =
        "{ .reg .pred finite; .reg .f32 size; .reg .b32 bits;\n" +
        "abs.f32 size, top4; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, top4; @finite add.u32 bits, bits, 0x1000; mov.b32 top4, bits;\n" +
        "abs.f32 size, top5; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, top5; @finite add.u32 bits, bits, 0x1000; mov.b32 top5, bits;\n" +
        "abs.f32 size, top6; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, top6; @finite add.u32 bits, bits, 0x1000; mov.b32 top6, bits;\n" +
        "abs.f32 size, top7; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, top7; @finite add.u32 bits, bits, 0x1000; mov.b32 top7, bits;\n" +
        "abs.f32 size, bottom4; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, bottom4; @finite add.u32 bits, bits, 0x1000; mov.b32 bottom4, bits;\n" +
        "abs.f32 size, bottom5; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, bottom5; @finite add.u32 bits, bits, 0x1000; mov.b32 bottom5, bits;\n" +
        "abs.f32 size, bottom6; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, bottom6; @finite add.u32 bits, bits, 0x1000; mov.b32 bottom6, bits;\n" +
        "abs.f32 size, bottom7; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, bottom7; @finite add.u32 bits, bits, 0x1000; mov.b32 bottom7, bits; }\n" +
        "{ .reg .b32 a<4>, b<2>;\n" +
        "mov.b32 a0, top4; mov.b32 a1, bottom4; mov.b32 a2, top5; mov.b32 a3, bottom5;\n" +
        "mov.b32 b0, right0; mov.b32 b1, right1;\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum8,sum12,sum40,sum44}, {a0,a1,a2,a3}, {b0,b1}, {sum8,sum12,sum40,sum44};\n" +
        "mov.b32 b0, right4; mov.b32 b1, right5;\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum9,sum13,sum41,sum45}, {a0,a1,a2,a3}, {b0,b1}, {sum9,sum13,sum41,sum45};\n" +
        "mov.b32 b0, right8; mov.b32 b1, right9;\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum10,sum14,sum42,sum46}, {a0,a1,a2,a3}, {b0,b1}, {sum10,sum14,sum42,sum46};\n" +
        "mov.b32 b0, right12; mov.b32 b1, right13;\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum11,sum15,sum43,sum47}, {a0,a1,a2,a3}, {b0,b1}, {sum11,sum15,sum43,sum47};\n" +
        "mov.b32 a0, top6; mov.b32 a1, bottom6; mov.b32 a2, top7; mov.b32 a3, bottom7;\n" +
        "mov.b32 b0, right2; mov.b32 b1, right3;\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum8,sum12,sum40,sum44}, {a0,a1,a2,a3}, {b0,b1}, {sum8,sum12,sum40,sum44};\n" +
        "mov.b32 b0, right6; mov.b32 b1, right7;\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum9,sum13,sum41,sum45}, {a0,a1,a2,a3}, {b0,b1}, {sum9,sum13,sum41,sum45};\n" +
        "mov.b32 b0, right10; mov.b32 b1, right11;\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum10,sum14,sum42,sum46}, {a0,a1,a2,a3}, {b0,b1}, {sum10,sum14,sum42,sum46};\n" +
        "mov.b32 b0, right14; mov.b32 b1, right15;\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum11,sum15,sum43,sum47}, {a0,a1,a2,a3}, {b0,b1}, {sum11,sum15,sum43,sum47}; }\n";

    /// <summary>Rounds rows 2 and 34 and multiplies them by all columns: two steps of four tensor tiles.</summary>
    public const string Multiply2 =
        "{ .reg .pred finite; .reg .f32 size; .reg .b32 bits;\n" +
        "abs.f32 size, top8; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, top8; @finite add.u32 bits, bits, 0x1000; mov.b32 top8, bits;\n" +
        "abs.f32 size, top9; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, top9; @finite add.u32 bits, bits, 0x1000; mov.b32 top9, bits;\n" +
        "abs.f32 size, top10; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, top10; @finite add.u32 bits, bits, 0x1000; mov.b32 top10, bits;\n" +
        "abs.f32 size, top11; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, top11; @finite add.u32 bits, bits, 0x1000; mov.b32 top11, bits;\n" +
        "abs.f32 size, bottom8; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, bottom8; @finite add.u32 bits, bits, 0x1000; mov.b32 bottom8, bits;\n" +
        "abs.f32 size, bottom9; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, bottom9; @finite add.u32 bits, bits, 0x1000; mov.b32 bottom9, bits;\n" +
        "abs.f32 size, bottom10; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, bottom10; @finite add.u32 bits, bits, 0x1000; mov.b32 bottom10, bits;\n" +
        "abs.f32 size, bottom11; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, bottom11; @finite add.u32 bits, bits, 0x1000; mov.b32 bottom11, bits; }\n" +
        "{ .reg .b32 a<4>, b<2>;\n" +
        "mov.b32 a0, top8; mov.b32 a1, bottom8; mov.b32 a2, top9; mov.b32 a3, bottom9;\n" +
        "mov.b32 b0, right0; mov.b32 b1, right1;\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum16,sum20,sum48,sum52}, {a0,a1,a2,a3}, {b0,b1}, {sum16,sum20,sum48,sum52};\n" +
        "mov.b32 b0, right4; mov.b32 b1, right5;\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum17,sum21,sum49,sum53}, {a0,a1,a2,a3}, {b0,b1}, {sum17,sum21,sum49,sum53};\n" +
        "mov.b32 b0, right8; mov.b32 b1, right9;\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum18,sum22,sum50,sum54}, {a0,a1,a2,a3}, {b0,b1}, {sum18,sum22,sum50,sum54};\n" +
        "mov.b32 b0, right12; mov.b32 b1, right13;\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum19,sum23,sum51,sum55}, {a0,a1,a2,a3}, {b0,b1}, {sum19,sum23,sum51,sum55};\n" +
        "mov.b32 a0, top10; mov.b32 a1, bottom10; mov.b32 a2, top11; mov.b32 a3, bottom11;\n" +
        "mov.b32 b0, right2; mov.b32 b1, right3;\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum16,sum20,sum48,sum52}, {a0,a1,a2,a3}, {b0,b1}, {sum16,sum20,sum48,sum52};\n" +
        "mov.b32 b0, right6; mov.b32 b1, right7;\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum17,sum21,sum49,sum53}, {a0,a1,a2,a3}, {b0,b1}, {sum17,sum21,sum49,sum53};\n" +
        "mov.b32 b0, right10; mov.b32 b1, right11;\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum18,sum22,sum50,sum54}, {a0,a1,a2,a3}, {b0,b1}, {sum18,sum22,sum50,sum54};\n" +
        "mov.b32 b0, right14; mov.b32 b1, right15;\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum19,sum23,sum51,sum55}, {a0,a1,a2,a3}, {b0,b1}, {sum19,sum23,sum51,sum55}; }\n";

    /// <summary>Rounds rows 3 and 35 and multiplies them by all columns: two steps of four tensor tiles.</summary>
    public const string Multiply3 =
        "{ .reg .pred finite; .reg .f32 size; .reg .b32 bits;\n" +
        "abs.f32 size, top12; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, top12; @finite add.u32 bits, bits, 0x1000; mov.b32 top12, bits;\n" +
        "abs.f32 size, top13; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, top13; @finite add.u32 bits, bits, 0x1000; mov.b32 top13, bits;\n" +
        "abs.f32 size, top14; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, top14; @finite add.u32 bits, bits, 0x1000; mov.b32 top14, bits;\n" +
        "abs.f32 size, top15; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, top15; @finite add.u32 bits, bits, 0x1000; mov.b32 top15, bits;\n" +
        "abs.f32 size, bottom12; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, bottom12; @finite add.u32 bits, bits, 0x1000; mov.b32 bottom12, bits;\n" +
        "abs.f32 size, bottom13; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, bottom13; @finite add.u32 bits, bits, 0x1000; mov.b32 bottom13, bits;\n" +
        "abs.f32 size, bottom14; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, bottom14; @finite add.u32 bits, bits, 0x1000; mov.b32 bottom14, bits;\n" +
        "abs.f32 size, bottom15; setp.lt.f32 finite, size, 0f7f800000; mov.b32 bits, bottom15; @finite add.u32 bits, bits, 0x1000; mov.b32 bottom15, bits; }\n" +
        "{ .reg .b32 a<4>, b<2>;\n" +
        "mov.b32 a0, top12; mov.b32 a1, bottom12; mov.b32 a2, top13; mov.b32 a3, bottom13;\n" +
        "mov.b32 b0, right0; mov.b32 b1, right1;\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum24,sum28,sum56,sum60}, {a0,a1,a2,a3}, {b0,b1}, {sum24,sum28,sum56,sum60};\n" +
        "mov.b32 b0, right4; mov.b32 b1, right5;\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum25,sum29,sum57,sum61}, {a0,a1,a2,a3}, {b0,b1}, {sum25,sum29,sum57,sum61};\n" +
        "mov.b32 b0, right8; mov.b32 b1, right9;\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum26,sum30,sum58,sum62}, {a0,a1,a2,a3}, {b0,b1}, {sum26,sum30,sum58,sum62};\n" +
        "mov.b32 b0, right12; mov.b32 b1, right13;\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum27,sum31,sum59,sum63}, {a0,a1,a2,a3}, {b0,b1}, {sum27,sum31,sum59,sum63};\n" +
        "mov.b32 a0, top14; mov.b32 a1, bottom14; mov.b32 a2, top15; mov.b32 a3, bottom15;\n" +
        "mov.b32 b0, right2; mov.b32 b1, right3;\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum24,sum28,sum56,sum60}, {a0,a1,a2,a3}, {b0,b1}, {sum24,sum28,sum56,sum60};\n" +
        "mov.b32 b0, right6; mov.b32 b1, right7;\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum25,sum29,sum57,sum61}, {a0,a1,a2,a3}, {b0,b1}, {sum25,sum29,sum57,sum61};\n" +
        "mov.b32 b0, right10; mov.b32 b1, right11;\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum26,sum30,sum58,sum62}, {a0,a1,a2,a3}, {b0,b1}, {sum26,sum30,sum58,sum62};\n" +
        "mov.b32 b0, right14; mov.b32 b1, right15;\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum27,sum31,sum59,sum63}, {a0,a1,a2,a3}, {b0,b1}, {sum27,sum31,sum59,sum63}; }\n";

    /// <summary>Writes row 0 of the accumulators to two places in shared memory.</summary>
    public const string Store0 =
        "{ .reg .u32 low, high; mov.u32 low, __shared_alloca0; add.u32 high, low, %1; add.u32 low, low, %0;\n" +
        "st.shared.v4.f32 [low], {sum0,sum1,sum2,sum3}; st.shared.v4.f32 [high], {sum4,sum5,sum6,sum7}; }\n";

    /// <summary>Writes row 1 of the accumulators to two places in shared memory.</summary>
    public const string Store1 =
        "{ .reg .u32 low, high; mov.u32 low, __shared_alloca0; add.u32 high, low, %1; add.u32 low, low, %0;\n" +
        "st.shared.v4.f32 [low], {sum8,sum9,sum10,sum11}; st.shared.v4.f32 [high], {sum12,sum13,sum14,sum15}; }\n";

    /// <summary>Writes row 2 of the accumulators to two places in shared memory.</summary>
    public const string Store2 =
        "{ .reg .u32 low, high; mov.u32 low, __shared_alloca0; add.u32 high, low, %1; add.u32 low, low, %0;\n" +
        "st.shared.v4.f32 [low], {sum16,sum17,sum18,sum19}; st.shared.v4.f32 [high], {sum20,sum21,sum22,sum23}; }\n";

    /// <summary>Writes row 3 of the accumulators to two places in shared memory.</summary>
    public const string Store3 =
        "{ .reg .u32 low, high; mov.u32 low, __shared_alloca0; add.u32 high, low, %1; add.u32 low, low, %0;\n" +
        "st.shared.v4.f32 [low], {sum24,sum25,sum26,sum27}; st.shared.v4.f32 [high], {sum28,sum29,sum30,sum31}; }\n";

    /// <summary>Writes row 4 of the accumulators to two places in shared memory.</summary>
    public const string Store4 =
        "{ .reg .u32 low, high; mov.u32 low, __shared_alloca0; add.u32 high, low, %1; add.u32 low, low, %0;\n" +
        "st.shared.v4.f32 [low], {sum32,sum33,sum34,sum35}; st.shared.v4.f32 [high], {sum36,sum37,sum38,sum39}; }\n";

    /// <summary>Writes row 5 of the accumulators to two places in shared memory.</summary>
    public const string Store5 =
        "{ .reg .u32 low, high; mov.u32 low, __shared_alloca0; add.u32 high, low, %1; add.u32 low, low, %0;\n" +
        "st.shared.v4.f32 [low], {sum40,sum41,sum42,sum43}; st.shared.v4.f32 [high], {sum44,sum45,sum46,sum47}; }\n";

    /// <summary>Writes row 6 of the accumulators to two places in shared memory.</summary>
    public const string Store6 =
        "{ .reg .u32 low, high; mov.u32 low, __shared_alloca0; add.u32 high, low, %1; add.u32 low, low, %0;\n" +
        "st.shared.v4.f32 [low], {sum48,sum49,sum50,sum51}; st.shared.v4.f32 [high], {sum52,sum53,sum54,sum55}; }\n";

    /// <summary>Writes row 7 of the accumulators to two places in shared memory.</summary>
    public const string Store7 =
        "{ .reg .u32 low, high; mov.u32 low, __shared_alloca0; add.u32 high, low, %1; add.u32 low, low, %0;\n" +
        "st.shared.v4.f32 [low], {sum56,sum57,sum58,sum59}; st.shared.v4.f32 [high], {sum60,sum61,sum62,sum63}; }\n";
}
