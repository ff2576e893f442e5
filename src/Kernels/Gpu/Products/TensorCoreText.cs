namespace CudaNoisy.Kernels.Gpu;

/// <summary>The PTX of <see cref="TensorCoreProduct"/>. Accumulators and fragments live in PTX registers of the kernel's own scope: values that inline PTX
/// hands back to ILGPU would go through local memory.</summary>
/// <remarks>sum(8 r + c): the thread's row r, column c, as in <see cref="Accumulators"/>. top(4 i + k), bottom(4 i + k): rows i and i + 32 of the left
/// fragment, term k. right(4 j + k): column j, term k. Rounding is to the nearest of 10 bits: the hardware drops the low 13, so half of their range is added
/// first. That keeps infinities; the NaN that arithmetic makes, 0x7fffffff, would become a negative integer, and the maximum with what was read keeps it. The
/// sum goes to the register that the instruction takes, which saves a move, and there is no branch, across which the assembler could not move a read.</remarks>
internal static class TensorCoreText
{
    /// <summary>Declares the registers and clears the accumulators.</summary>
    public const string Start =
        ".reg .f32 sum<64>; .reg .b32 top<16>, bottom<16>, right<16>, column<16>;\n" +
        "mov.f32 sum0, 0f00000000; mov.f32 sum1, 0f00000000; mov.f32 sum2, 0f00000000; mov.f32 sum3, 0f00000000; mov.f32 sum4, 0f00000000; mov.f32 sum5, 0f00000000; mov.f32 sum6, 0f00000000; mov.f32 sum7, 0f00000000;\n" +
        "mov.f32 sum8, 0f00000000; mov.f32 sum9, 0f00000000; mov.f32 sum10, 0f00000000; mov.f32 sum11, 0f00000000; mov.f32 sum12, 0f00000000; mov.f32 sum13, 0f00000000; mov.f32 sum14, 0f00000000; mov.f32 sum15, 0f00000000;\n" +
        "mov.f32 sum16, 0f00000000; mov.f32 sum17, 0f00000000; mov.f32 sum18, 0f00000000; mov.f32 sum19, 0f00000000; mov.f32 sum20, 0f00000000; mov.f32 sum21, 0f00000000; mov.f32 sum22, 0f00000000; mov.f32 sum23, 0f00000000;\n" +
        "mov.f32 sum24, 0f00000000; mov.f32 sum25, 0f00000000; mov.f32 sum26, 0f00000000; mov.f32 sum27, 0f00000000; mov.f32 sum28, 0f00000000; mov.f32 sum29, 0f00000000; mov.f32 sum30, 0f00000000; mov.f32 sum31, 0f00000000;\n" +
        "mov.f32 sum32, 0f00000000; mov.f32 sum33, 0f00000000; mov.f32 sum34, 0f00000000; mov.f32 sum35, 0f00000000; mov.f32 sum36, 0f00000000; mov.f32 sum37, 0f00000000; mov.f32 sum38, 0f00000000; mov.f32 sum39, 0f00000000;\n" +
        "mov.f32 sum40, 0f00000000; mov.f32 sum41, 0f00000000; mov.f32 sum42, 0f00000000; mov.f32 sum43, 0f00000000; mov.f32 sum44, 0f00000000; mov.f32 sum45, 0f00000000; mov.f32 sum46, 0f00000000; mov.f32 sum47, 0f00000000;\n" +
        "mov.f32 sum48, 0f00000000; mov.f32 sum49, 0f00000000; mov.f32 sum50, 0f00000000; mov.f32 sum51, 0f00000000; mov.f32 sum52, 0f00000000; mov.f32 sum53, 0f00000000; mov.f32 sum54, 0f00000000; mov.f32 sum55, 0f00000000;\n" +
        "mov.f32 sum56, 0f00000000; mov.f32 sum57, 0f00000000; mov.f32 sum58, 0f00000000; mov.f32 sum59, 0f00000000; mov.f32 sum60, 0f00000000; mov.f32 sum61, 0f00000000; mov.f32 sum62, 0f00000000; mov.f32 sum63, 0f00000000;\n";

    /// <summary>Rounds the right fragment to TF32.</summary>
    private const string RoundRight =
        "add.u32 column0, right0, 0x1000; max.s32 column0, column0, right0;\n" +
        "add.u32 column1, right1, 0x1000; max.s32 column1, column1, right1;\n" +
        "add.u32 column2, right2, 0x1000; max.s32 column2, column2, right2;\n" +
        "add.u32 column3, right3, 0x1000; max.s32 column3, column3, right3;\n" +
        "add.u32 column4, right4, 0x1000; max.s32 column4, column4, right4;\n" +
        "add.u32 column5, right5, 0x1000; max.s32 column5, column5, right5;\n" +
        "add.u32 column6, right6, 0x1000; max.s32 column6, column6, right6;\n" +
        "add.u32 column7, right7, 0x1000; max.s32 column7, column7, right7;\n" +
        "add.u32 column8, right8, 0x1000; max.s32 column8, column8, right8;\n" +
        "add.u32 column9, right9, 0x1000; max.s32 column9, column9, right9;\n" +
        "add.u32 column10, right10, 0x1000; max.s32 column10, column10, right10;\n" +
        "add.u32 column11, right11, 0x1000; max.s32 column11, column11, right11;\n" +
        "add.u32 column12, right12, 0x1000; max.s32 column12, column12, right12;\n" +
        "add.u32 column13, right13, 0x1000; max.s32 column13, column13, right13;\n" +
        "add.u32 column14, right14, 0x1000; max.s32 column14, column14, right14;\n" +
        "add.u32 column15, right15, 0x1000; max.s32 column15, column15, right15;\n";

    /// <summary>Reads and rounds the right fragment, one column a quad: columns 0 and 2 from the first address, 1 and 3 from the second.</summary>
    public const string RightAlongDepth =
        "{ .reg .u32 from; mov.u32 from, __shared_alloca0; add.u32 from, from, %0;\n" +
        "ld.shared.v4.b32 {right0,right1,right2,right3}, [from];\n" +
        "ld.shared.v4.b32 {right8,right9,right10,right11}, [from+128];\n" +
        "mov.u32 from, __shared_alloca0; add.u32 from, from, %1;\n" +
        "ld.shared.v4.b32 {right4,right5,right6,right7}, [from];\n" +
        "ld.shared.v4.b32 {right12,right13,right14,right15}, [from+128]; }\n" +
        RoundRight;

    /// <summary>Reads and rounds the right fragment, one term a quad, in a block of 128 columns.</summary>
    public const string RightAlongRowsOf128 =
        "{ .reg .u32 from; mov.u32 from, __shared_alloca0; add.u32 from, from, %0;\n" +
        "ld.shared.v4.b32 {right0,right4,right8,right12}, [from];\n" +
        "ld.shared.v4.b32 {right1,right5,right9,right13}, [from+512];\n" +
        "ld.shared.v4.b32 {right2,right6,right10,right14}, [from+1024];\n" +
        "ld.shared.v4.b32 {right3,right7,right11,right15}, [from+1536]; }\n" +
        RoundRight;

    /// <summary>Reads and rounds the right fragment, one term a quad, in a block of 64 columns.</summary>
    public const string RightAlongRowsOf64 =
        "{ .reg .u32 from; mov.u32 from, __shared_alloca0; add.u32 from, from, %0;\n" +
        "ld.shared.v4.b32 {right0,right4,right8,right12}, [from];\n" +
        "ld.shared.v4.b32 {right1,right5,right9,right13}, [from+256];\n" +
        "ld.shared.v4.b32 {right2,right6,right10,right14}, [from+512];\n" +
        "ld.shared.v4.b32 {right3,right7,right11,right15}, [from+768]; }\n" +
        RoundRight;

    /// <summary>Reads and rounds the right fragment, one term a quad, in a block of 32 columns.</summary>
    public const string RightAlongRowsOf32 =
        "{ .reg .u32 from; mov.u32 from, __shared_alloca0; add.u32 from, from, %0;\n" +
        "ld.shared.v4.b32 {right0,right4,right8,right12}, [from];\n" +
        "ld.shared.v4.b32 {right1,right5,right9,right13}, [from+128];\n" +
        "ld.shared.v4.b32 {right2,right6,right10,right14}, [from+256];\n" +
        "ld.shared.v4.b32 {right3,right7,right11,right15}, [from+384]; }\n" +
        RoundRight;

    /// <summary>Reads the left fragment's terms 0 and 1, one term a quad, rounds them and multiplies them by all columns: one step of sixteen tensor tiles.</summary>
    public const string MultiplyStep0AlongRows =
        "{ .reg .u32 from; .reg .b32 a<8>; mov.u32 from, __shared_alloca0; add.u32 from, from, %0;\n" +
        "ld.shared.v4.b32 {top0,top4,top8,top12}, [from];\n" +
        "ld.shared.v4.b32 {top1,top5,top9,top13}, [from+512];\n" +
        "ld.shared.v4.b32 {bottom0,bottom4,bottom8,bottom12}, [from+128];\n" +
        "ld.shared.v4.b32 {bottom1,bottom5,bottom9,bottom13}, [from+640];\n" +
        "add.u32 a0, top0, 0x1000; max.s32 a0, a0, top0;\n" +
        "add.u32 a1, bottom0, 0x1000; max.s32 a1, a1, bottom0;\n" +
        "add.u32 a2, top1, 0x1000; max.s32 a2, a2, top1;\n" +
        "add.u32 a3, bottom1, 0x1000; max.s32 a3, a3, bottom1;\n" +
        "add.u32 a4, top4, 0x1000; max.s32 a4, a4, top4;\n" +
        "add.u32 a5, bottom4, 0x1000; max.s32 a5, a5, bottom4;\n" +
        "add.u32 a6, top5, 0x1000; max.s32 a6, a6, top5;\n" +
        "add.u32 a7, bottom5, 0x1000; max.s32 a7, a7, bottom5;\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum0,sum4,sum32,sum36}, {a0,a1,a2,a3}, {column0,column1}, {sum0,sum4,sum32,sum36};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum1,sum5,sum33,sum37}, {a0,a1,a2,a3}, {column4,column5}, {sum1,sum5,sum33,sum37};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum2,sum6,sum34,sum38}, {a0,a1,a2,a3}, {column8,column9}, {sum2,sum6,sum34,sum38};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum3,sum7,sum35,sum39}, {a0,a1,a2,a3}, {column12,column13}, {sum3,sum7,sum35,sum39};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum8,sum12,sum40,sum44}, {a4,a5,a6,a7}, {column0,column1}, {sum8,sum12,sum40,sum44};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum9,sum13,sum41,sum45}, {a4,a5,a6,a7}, {column4,column5}, {sum9,sum13,sum41,sum45};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum10,sum14,sum42,sum46}, {a4,a5,a6,a7}, {column8,column9}, {sum10,sum14,sum42,sum46};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum11,sum15,sum43,sum47}, {a4,a5,a6,a7}, {column12,column13}, {sum11,sum15,sum43,sum47};\n" +
        "add.u32 a0, top8, 0x1000; max.s32 a0, a0, top8;\n" +
        "add.u32 a1, bottom8, 0x1000; max.s32 a1, a1, bottom8;\n" +
        "add.u32 a2, top9, 0x1000; max.s32 a2, a2, top9;\n" +
        "add.u32 a3, bottom9, 0x1000; max.s32 a3, a3, bottom9;\n" +
        "add.u32 a4, top12, 0x1000; max.s32 a4, a4, top12;\n" +
        "add.u32 a5, bottom12, 0x1000; max.s32 a5, a5, bottom12;\n" +
        "add.u32 a6, top13, 0x1000; max.s32 a6, a6, top13;\n" +
        "add.u32 a7, bottom13, 0x1000; max.s32 a7, a7, bottom13;\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum16,sum20,sum48,sum52}, {a0,a1,a2,a3}, {column0,column1}, {sum16,sum20,sum48,sum52};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum17,sum21,sum49,sum53}, {a0,a1,a2,a3}, {column4,column5}, {sum17,sum21,sum49,sum53};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum18,sum22,sum50,sum54}, {a0,a1,a2,a3}, {column8,column9}, {sum18,sum22,sum50,sum54};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum19,sum23,sum51,sum55}, {a0,a1,a2,a3}, {column12,column13}, {sum19,sum23,sum51,sum55};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum24,sum28,sum56,sum60}, {a4,a5,a6,a7}, {column0,column1}, {sum24,sum28,sum56,sum60};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum25,sum29,sum57,sum61}, {a4,a5,a6,a7}, {column4,column5}, {sum25,sum29,sum57,sum61};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum26,sum30,sum58,sum62}, {a4,a5,a6,a7}, {column8,column9}, {sum26,sum30,sum58,sum62};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum27,sum31,sum59,sum63}, {a4,a5,a6,a7}, {column12,column13}, {sum27,sum31,sum59,sum63}; }\n";

    /// <summary>Reads the left fragment's terms 2 and 3, one term a quad, rounds them and multiplies them by all columns: one step of sixteen tensor tiles.</summary>
    public const string MultiplyStep1AlongRows =
        "{ .reg .u32 from; .reg .b32 a<8>; mov.u32 from, __shared_alloca0; add.u32 from, from, %0;\n" +
        "ld.shared.v4.b32 {top2,top6,top10,top14}, [from+1024];\n" +
        "ld.shared.v4.b32 {top3,top7,top11,top15}, [from+1536];\n" +
        "ld.shared.v4.b32 {bottom2,bottom6,bottom10,bottom14}, [from+1152];\n" +
        "ld.shared.v4.b32 {bottom3,bottom7,bottom11,bottom15}, [from+1664];\n" +
        "add.u32 a0, top2, 0x1000; max.s32 a0, a0, top2;\n" +
        "add.u32 a1, bottom2, 0x1000; max.s32 a1, a1, bottom2;\n" +
        "add.u32 a2, top3, 0x1000; max.s32 a2, a2, top3;\n" +
        "add.u32 a3, bottom3, 0x1000; max.s32 a3, a3, bottom3;\n" +
        "add.u32 a4, top6, 0x1000; max.s32 a4, a4, top6;\n" +
        "add.u32 a5, bottom6, 0x1000; max.s32 a5, a5, bottom6;\n" +
        "add.u32 a6, top7, 0x1000; max.s32 a6, a6, top7;\n" +
        "add.u32 a7, bottom7, 0x1000; max.s32 a7, a7, bottom7;\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum0,sum4,sum32,sum36}, {a0,a1,a2,a3}, {column2,column3}, {sum0,sum4,sum32,sum36};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum1,sum5,sum33,sum37}, {a0,a1,a2,a3}, {column6,column7}, {sum1,sum5,sum33,sum37};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum2,sum6,sum34,sum38}, {a0,a1,a2,a3}, {column10,column11}, {sum2,sum6,sum34,sum38};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum3,sum7,sum35,sum39}, {a0,a1,a2,a3}, {column14,column15}, {sum3,sum7,sum35,sum39};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum8,sum12,sum40,sum44}, {a4,a5,a6,a7}, {column2,column3}, {sum8,sum12,sum40,sum44};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum9,sum13,sum41,sum45}, {a4,a5,a6,a7}, {column6,column7}, {sum9,sum13,sum41,sum45};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum10,sum14,sum42,sum46}, {a4,a5,a6,a7}, {column10,column11}, {sum10,sum14,sum42,sum46};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum11,sum15,sum43,sum47}, {a4,a5,a6,a7}, {column14,column15}, {sum11,sum15,sum43,sum47};\n" +
        "add.u32 a0, top10, 0x1000; max.s32 a0, a0, top10;\n" +
        "add.u32 a1, bottom10, 0x1000; max.s32 a1, a1, bottom10;\n" +
        "add.u32 a2, top11, 0x1000; max.s32 a2, a2, top11;\n" +
        "add.u32 a3, bottom11, 0x1000; max.s32 a3, a3, bottom11;\n" +
        "add.u32 a4, top14, 0x1000; max.s32 a4, a4, top14;\n" +
        "add.u32 a5, bottom14, 0x1000; max.s32 a5, a5, bottom14;\n" +
        "add.u32 a6, top15, 0x1000; max.s32 a6, a6, top15;\n" +
        "add.u32 a7, bottom15, 0x1000; max.s32 a7, a7, bottom15;\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum16,sum20,sum48,sum52}, {a0,a1,a2,a3}, {column2,column3}, {sum16,sum20,sum48,sum52};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum17,sum21,sum49,sum53}, {a0,a1,a2,a3}, {column6,column7}, {sum17,sum21,sum49,sum53};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum18,sum22,sum50,sum54}, {a0,a1,a2,a3}, {column10,column11}, {sum18,sum22,sum50,sum54};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum19,sum23,sum51,sum55}, {a0,a1,a2,a3}, {column14,column15}, {sum19,sum23,sum51,sum55};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum24,sum28,sum56,sum60}, {a4,a5,a6,a7}, {column2,column3}, {sum24,sum28,sum56,sum60};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum25,sum29,sum57,sum61}, {a4,a5,a6,a7}, {column6,column7}, {sum25,sum29,sum57,sum61};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum26,sum30,sum58,sum62}, {a4,a5,a6,a7}, {column10,column11}, {sum26,sum30,sum58,sum62};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum27,sum31,sum59,sum63}, {a4,a5,a6,a7}, {column14,column15}, {sum27,sum31,sum59,sum63}; }\n";

    /// <summary>Reads rows 0 and 32.</summary>
    public const string Left0AlongDepth =
        "{ .reg .u32 from; mov.u32 from, __shared_alloca0; add.u32 from, from, %0;\n" +
        "ld.shared.v4.b32 {top0,top1,top2,top3}, [from];\n" +
        "ld.shared.v4.b32 {bottom0,bottom1,bottom2,bottom3}, [from+2048]; }\n";

    /// <summary>Reads rows 1 and 33.</summary>
    public const string Left1AlongDepth =
        "{ .reg .u32 from; mov.u32 from, __shared_alloca0; add.u32 from, from, %0;\n" +
        "ld.shared.v4.b32 {top4,top5,top6,top7}, [from];\n" +
        "ld.shared.v4.b32 {bottom4,bottom5,bottom6,bottom7}, [from+2048]; }\n";

    /// <summary>Reads rows 2 and 34.</summary>
    public const string Left2AlongDepth =
        "{ .reg .u32 from; mov.u32 from, __shared_alloca0; add.u32 from, from, %0;\n" +
        "ld.shared.v4.b32 {top8,top9,top10,top11}, [from+128];\n" +
        "ld.shared.v4.b32 {bottom8,bottom9,bottom10,bottom11}, [from+2176]; }\n";

    /// <summary>Reads rows 3 and 35.</summary>
    public const string Left3AlongDepth =
        "{ .reg .u32 from; mov.u32 from, __shared_alloca0; add.u32 from, from, %0;\n" +
        "ld.shared.v4.b32 {top12,top13,top14,top15}, [from+128];\n" +
        "ld.shared.v4.b32 {bottom12,bottom13,bottom14,bottom15}, [from+2176]; }\n";

    /// <summary>Rounds rows 0 and 32 and multiplies them by all columns: two steps of four tensor tiles.</summary>
    public const string Multiply0 =
        "{ .reg .b32 a<8>;\n" +
        "add.u32 a0, top0, 0x1000; max.s32 a0, a0, top0;\n" +
        "add.u32 a1, bottom0, 0x1000; max.s32 a1, a1, bottom0;\n" +
        "add.u32 a2, top1, 0x1000; max.s32 a2, a2, top1;\n" +
        "add.u32 a3, bottom1, 0x1000; max.s32 a3, a3, bottom1;\n" +
        "add.u32 a4, top2, 0x1000; max.s32 a4, a4, top2;\n" +
        "add.u32 a5, bottom2, 0x1000; max.s32 a5, a5, bottom2;\n" +
        "add.u32 a6, top3, 0x1000; max.s32 a6, a6, top3;\n" +
        "add.u32 a7, bottom3, 0x1000; max.s32 a7, a7, bottom3;\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum0,sum4,sum32,sum36}, {a0,a1,a2,a3}, {column0,column1}, {sum0,sum4,sum32,sum36};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum1,sum5,sum33,sum37}, {a0,a1,a2,a3}, {column4,column5}, {sum1,sum5,sum33,sum37};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum2,sum6,sum34,sum38}, {a0,a1,a2,a3}, {column8,column9}, {sum2,sum6,sum34,sum38};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum3,sum7,sum35,sum39}, {a0,a1,a2,a3}, {column12,column13}, {sum3,sum7,sum35,sum39};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum0,sum4,sum32,sum36}, {a4,a5,a6,a7}, {column2,column3}, {sum0,sum4,sum32,sum36};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum1,sum5,sum33,sum37}, {a4,a5,a6,a7}, {column6,column7}, {sum1,sum5,sum33,sum37};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum2,sum6,sum34,sum38}, {a4,a5,a6,a7}, {column10,column11}, {sum2,sum6,sum34,sum38};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum3,sum7,sum35,sum39}, {a4,a5,a6,a7}, {column14,column15}, {sum3,sum7,sum35,sum39}; }\n";

    /// <summary>Rounds rows 1 and 33 and multiplies them by all columns: two steps of four tensor tiles.</summary>
    public const string Multiply1 =
        "{ .reg .b32 a<8>;\n" +
        "add.u32 a0, top4, 0x1000; max.s32 a0, a0, top4;\n" +
        "add.u32 a1, bottom4, 0x1000; max.s32 a1, a1, bottom4;\n" +
        "add.u32 a2, top5, 0x1000; max.s32 a2, a2, top5;\n" +
        "add.u32 a3, bottom5, 0x1000; max.s32 a3, a3, bottom5;\n" +
        "add.u32 a4, top6, 0x1000; max.s32 a4, a4, top6;\n" +
        "add.u32 a5, bottom6, 0x1000; max.s32 a5, a5, bottom6;\n" +
        "add.u32 a6, top7, 0x1000; max.s32 a6, a6, top7;\n" +
        "add.u32 a7, bottom7, 0x1000; max.s32 a7, a7, bottom7;\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum8,sum12,sum40,sum44}, {a0,a1,a2,a3}, {column0,column1}, {sum8,sum12,sum40,sum44};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum9,sum13,sum41,sum45}, {a0,a1,a2,a3}, {column4,column5}, {sum9,sum13,sum41,sum45};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum10,sum14,sum42,sum46}, {a0,a1,a2,a3}, {column8,column9}, {sum10,sum14,sum42,sum46};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum11,sum15,sum43,sum47}, {a0,a1,a2,a3}, {column12,column13}, {sum11,sum15,sum43,sum47};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum8,sum12,sum40,sum44}, {a4,a5,a6,a7}, {column2,column3}, {sum8,sum12,sum40,sum44};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum9,sum13,sum41,sum45}, {a4,a5,a6,a7}, {column6,column7}, {sum9,sum13,sum41,sum45};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum10,sum14,sum42,sum46}, {a4,a5,a6,a7}, {column10,column11}, {sum10,sum14,sum42,sum46};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum11,sum15,sum43,sum47}, {a4,a5,a6,a7}, {column14,column15}, {sum11,sum15,sum43,sum47}; }\n";

    /// <summary>Rounds rows 2 and 34 and multiplies them by all columns: two steps of four tensor tiles.</summary>
    public const string Multiply2 =
        "{ .reg .b32 a<8>;\n" +
        "add.u32 a0, top8, 0x1000; max.s32 a0, a0, top8;\n" +
        "add.u32 a1, bottom8, 0x1000; max.s32 a1, a1, bottom8;\n" +
        "add.u32 a2, top9, 0x1000; max.s32 a2, a2, top9;\n" +
        "add.u32 a3, bottom9, 0x1000; max.s32 a3, a3, bottom9;\n" +
        "add.u32 a4, top10, 0x1000; max.s32 a4, a4, top10;\n" +
        "add.u32 a5, bottom10, 0x1000; max.s32 a5, a5, bottom10;\n" +
        "add.u32 a6, top11, 0x1000; max.s32 a6, a6, top11;\n" +
        "add.u32 a7, bottom11, 0x1000; max.s32 a7, a7, bottom11;\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum16,sum20,sum48,sum52}, {a0,a1,a2,a3}, {column0,column1}, {sum16,sum20,sum48,sum52};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum17,sum21,sum49,sum53}, {a0,a1,a2,a3}, {column4,column5}, {sum17,sum21,sum49,sum53};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum18,sum22,sum50,sum54}, {a0,a1,a2,a3}, {column8,column9}, {sum18,sum22,sum50,sum54};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum19,sum23,sum51,sum55}, {a0,a1,a2,a3}, {column12,column13}, {sum19,sum23,sum51,sum55};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum16,sum20,sum48,sum52}, {a4,a5,a6,a7}, {column2,column3}, {sum16,sum20,sum48,sum52};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum17,sum21,sum49,sum53}, {a4,a5,a6,a7}, {column6,column7}, {sum17,sum21,sum49,sum53};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum18,sum22,sum50,sum54}, {a4,a5,a6,a7}, {column10,column11}, {sum18,sum22,sum50,sum54};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum19,sum23,sum51,sum55}, {a4,a5,a6,a7}, {column14,column15}, {sum19,sum23,sum51,sum55}; }\n";

    /// <summary>Rounds rows 3 and 35 and multiplies them by all columns: two steps of four tensor tiles.</summary>
    public const string Multiply3 =
        "{ .reg .b32 a<8>;\n" +
        "add.u32 a0, top12, 0x1000; max.s32 a0, a0, top12;\n" +
        "add.u32 a1, bottom12, 0x1000; max.s32 a1, a1, bottom12;\n" +
        "add.u32 a2, top13, 0x1000; max.s32 a2, a2, top13;\n" +
        "add.u32 a3, bottom13, 0x1000; max.s32 a3, a3, bottom13;\n" +
        "add.u32 a4, top14, 0x1000; max.s32 a4, a4, top14;\n" +
        "add.u32 a5, bottom14, 0x1000; max.s32 a5, a5, bottom14;\n" +
        "add.u32 a6, top15, 0x1000; max.s32 a6, a6, top15;\n" +
        "add.u32 a7, bottom15, 0x1000; max.s32 a7, a7, bottom15;\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum24,sum28,sum56,sum60}, {a0,a1,a2,a3}, {column0,column1}, {sum24,sum28,sum56,sum60};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum25,sum29,sum57,sum61}, {a0,a1,a2,a3}, {column4,column5}, {sum25,sum29,sum57,sum61};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum26,sum30,sum58,sum62}, {a0,a1,a2,a3}, {column8,column9}, {sum26,sum30,sum58,sum62};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum27,sum31,sum59,sum63}, {a0,a1,a2,a3}, {column12,column13}, {sum27,sum31,sum59,sum63};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum24,sum28,sum56,sum60}, {a4,a5,a6,a7}, {column2,column3}, {sum24,sum28,sum56,sum60};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum25,sum29,sum57,sum61}, {a4,a5,a6,a7}, {column6,column7}, {sum25,sum29,sum57,sum61};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum26,sum30,sum58,sum62}, {a4,a5,a6,a7}, {column10,column11}, {sum26,sum30,sum58,sum62};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum27,sum31,sum59,sum63}, {a4,a5,a6,a7}, {column14,column15}, {sum27,sum31,sum59,sum63}; }\n";

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

    /// <summary>Writes row 0 of the accumulators to an address in global memory: columns 0 to 3 where there is one, 4 to 7 where there are more than four.</summary>
    public const string Write0 =
        "{ .reg .pred some, more; setp.gt.s32 some, %1, 0; setp.gt.s32 more, %1, 4;\n" +
        "@some st.global.v4.f32 [%0], {sum0,sum1,sum2,sum3}; @more st.global.v4.f32 [%0+16], {sum4,sum5,sum6,sum7}; }\n";

    /// <summary>Writes row 1 of the accumulators to an address in global memory: columns 0 to 3 where there is one, 4 to 7 where there are more than four.</summary>
    public const string Write1 =
        "{ .reg .pred some, more; setp.gt.s32 some, %1, 0; setp.gt.s32 more, %1, 4;\n" +
        "@some st.global.v4.f32 [%0], {sum8,sum9,sum10,sum11}; @more st.global.v4.f32 [%0+16], {sum12,sum13,sum14,sum15}; }\n";

    /// <summary>Writes row 2 of the accumulators to an address in global memory: columns 0 to 3 where there is one, 4 to 7 where there are more than four.</summary>
    public const string Write2 =
        "{ .reg .pred some, more; setp.gt.s32 some, %1, 0; setp.gt.s32 more, %1, 4;\n" +
        "@some st.global.v4.f32 [%0], {sum16,sum17,sum18,sum19}; @more st.global.v4.f32 [%0+16], {sum20,sum21,sum22,sum23}; }\n";

    /// <summary>Writes row 3 of the accumulators to an address in global memory: columns 0 to 3 where there is one, 4 to 7 where there are more than four.</summary>
    public const string Write3 =
        "{ .reg .pred some, more; setp.gt.s32 some, %1, 0; setp.gt.s32 more, %1, 4;\n" +
        "@some st.global.v4.f32 [%0], {sum24,sum25,sum26,sum27}; @more st.global.v4.f32 [%0+16], {sum28,sum29,sum30,sum31}; }\n";

    /// <summary>Writes row 4 of the accumulators to an address in global memory: columns 0 to 3 where there is one, 4 to 7 where there are more than four.</summary>
    public const string Write4 =
        "{ .reg .pred some, more; setp.gt.s32 some, %1, 0; setp.gt.s32 more, %1, 4;\n" +
        "@some st.global.v4.f32 [%0], {sum32,sum33,sum34,sum35}; @more st.global.v4.f32 [%0+16], {sum36,sum37,sum38,sum39}; }\n";

    /// <summary>Writes row 5 of the accumulators to an address in global memory: columns 0 to 3 where there is one, 4 to 7 where there are more than four.</summary>
    public const string Write5 =
        "{ .reg .pred some, more; setp.gt.s32 some, %1, 0; setp.gt.s32 more, %1, 4;\n" +
        "@some st.global.v4.f32 [%0], {sum40,sum41,sum42,sum43}; @more st.global.v4.f32 [%0+16], {sum44,sum45,sum46,sum47}; }\n";

    /// <summary>Writes row 6 of the accumulators to an address in global memory: columns 0 to 3 where there is one, 4 to 7 where there are more than four.</summary>
    public const string Write6 =
        "{ .reg .pred some, more; setp.gt.s32 some, %1, 0; setp.gt.s32 more, %1, 4;\n" +
        "@some st.global.v4.f32 [%0], {sum48,sum49,sum50,sum51}; @more st.global.v4.f32 [%0+16], {sum52,sum53,sum54,sum55}; }\n";

    /// <summary>Writes row 7 of the accumulators to an address in global memory: columns 0 to 3 where there is one, 4 to 7 where there are more than four.</summary>
    public const string Write7 =
        "{ .reg .pred some, more; setp.gt.s32 some, %1, 0; setp.gt.s32 more, %1, 4;\n" +
        "@some st.global.v4.f32 [%0], {sum56,sum57,sum58,sum59}; @more st.global.v4.f32 [%0+16], {sum60,sum61,sum62,sum63}; }\n";
}
