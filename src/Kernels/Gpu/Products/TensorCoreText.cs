namespace CudaNoisy.Kernels.Gpu;

/// <summary>The PTX of <see cref="TensorCoreProduct"/>. Accumulators and fragments live in PTX registers of the kernel's own scope: values that inline PTX
/// hands back to ILGPU would go through local memory.</summary>
/// <remarks>sum(64 h + 8 r + c): the thread's row r, column c of half h of the warp's columns, as in <see cref="Accumulators"/>. top(4 i + k), bottom(4 i + k): rows i
/// and i + 32 of the left fragment, term k. right(4 j + k): column j, term k, of half 0 (j below 4) and half 1. left(0..3): what one tensor instruction takes
/// of the left fragment, left(4..7): another. Rounding is to the nearest of 10 bits: the hardware drops the low 13, so half of their range is added
/// first. That keeps infinities; the NaN that arithmetic makes, 0x7fffffff, would become a negative integer, and the maximum with what was read keeps it. The
/// sum goes to the register that the instruction takes, which saves a move, and there is no branch, across which the assembler could not move a read.</remarks>
internal static class TensorCoreText
{
    /// <summary>Declares the registers and clears the accumulators.</summary>
    public const string Start =
        ".reg .f32 sum<64>; .reg .b32 top<16>, bottom<16>, right<16>, column<16>, left<8>;\n" +
        "mov.f32 sum0, 0f00000000; mov.f32 sum1, 0f00000000; mov.f32 sum2, 0f00000000; mov.f32 sum3, 0f00000000; mov.f32 sum4, 0f00000000; mov.f32 sum5, 0f00000000; mov.f32 sum6, 0f00000000; mov.f32 sum7, 0f00000000;\n" +
        "mov.f32 sum8, 0f00000000; mov.f32 sum9, 0f00000000; mov.f32 sum10, 0f00000000; mov.f32 sum11, 0f00000000; mov.f32 sum12, 0f00000000; mov.f32 sum13, 0f00000000; mov.f32 sum14, 0f00000000; mov.f32 sum15, 0f00000000;\n" +
        "mov.f32 sum16, 0f00000000; mov.f32 sum17, 0f00000000; mov.f32 sum18, 0f00000000; mov.f32 sum19, 0f00000000; mov.f32 sum20, 0f00000000; mov.f32 sum21, 0f00000000; mov.f32 sum22, 0f00000000; mov.f32 sum23, 0f00000000;\n" +
        "mov.f32 sum24, 0f00000000; mov.f32 sum25, 0f00000000; mov.f32 sum26, 0f00000000; mov.f32 sum27, 0f00000000; mov.f32 sum28, 0f00000000; mov.f32 sum29, 0f00000000; mov.f32 sum30, 0f00000000; mov.f32 sum31, 0f00000000;\n" +
        "mov.f32 sum32, 0f00000000; mov.f32 sum33, 0f00000000; mov.f32 sum34, 0f00000000; mov.f32 sum35, 0f00000000; mov.f32 sum36, 0f00000000; mov.f32 sum37, 0f00000000; mov.f32 sum38, 0f00000000; mov.f32 sum39, 0f00000000;\n" +
        "mov.f32 sum40, 0f00000000; mov.f32 sum41, 0f00000000; mov.f32 sum42, 0f00000000; mov.f32 sum43, 0f00000000; mov.f32 sum44, 0f00000000; mov.f32 sum45, 0f00000000; mov.f32 sum46, 0f00000000; mov.f32 sum47, 0f00000000;\n" +
        "mov.f32 sum48, 0f00000000; mov.f32 sum49, 0f00000000; mov.f32 sum50, 0f00000000; mov.f32 sum51, 0f00000000; mov.f32 sum52, 0f00000000; mov.f32 sum53, 0f00000000; mov.f32 sum54, 0f00000000; mov.f32 sum55, 0f00000000;\n" +
        "mov.f32 sum56, 0f00000000; mov.f32 sum57, 0f00000000; mov.f32 sum58, 0f00000000; mov.f32 sum59, 0f00000000; mov.f32 sum60, 0f00000000; mov.f32 sum61, 0f00000000; mov.f32 sum62, 0f00000000; mov.f32 sum63, 0f00000000;\n";

    /// <summary>The same for a warp of 64 columns.</summary>
    public const string StartWide =
        ".reg .f32 sum<128>; .reg .b32 top<16>, bottom<16>, right<32>, column<32>, left<8>;\n" +
        "mov.f32 sum0, 0f00000000; mov.f32 sum1, 0f00000000; mov.f32 sum2, 0f00000000; mov.f32 sum3, 0f00000000; mov.f32 sum4, 0f00000000; mov.f32 sum5, 0f00000000; mov.f32 sum6, 0f00000000; mov.f32 sum7, 0f00000000;\n" +
        "mov.f32 sum8, 0f00000000; mov.f32 sum9, 0f00000000; mov.f32 sum10, 0f00000000; mov.f32 sum11, 0f00000000; mov.f32 sum12, 0f00000000; mov.f32 sum13, 0f00000000; mov.f32 sum14, 0f00000000; mov.f32 sum15, 0f00000000;\n" +
        "mov.f32 sum16, 0f00000000; mov.f32 sum17, 0f00000000; mov.f32 sum18, 0f00000000; mov.f32 sum19, 0f00000000; mov.f32 sum20, 0f00000000; mov.f32 sum21, 0f00000000; mov.f32 sum22, 0f00000000; mov.f32 sum23, 0f00000000;\n" +
        "mov.f32 sum24, 0f00000000; mov.f32 sum25, 0f00000000; mov.f32 sum26, 0f00000000; mov.f32 sum27, 0f00000000; mov.f32 sum28, 0f00000000; mov.f32 sum29, 0f00000000; mov.f32 sum30, 0f00000000; mov.f32 sum31, 0f00000000;\n" +
        "mov.f32 sum32, 0f00000000; mov.f32 sum33, 0f00000000; mov.f32 sum34, 0f00000000; mov.f32 sum35, 0f00000000; mov.f32 sum36, 0f00000000; mov.f32 sum37, 0f00000000; mov.f32 sum38, 0f00000000; mov.f32 sum39, 0f00000000;\n" +
        "mov.f32 sum40, 0f00000000; mov.f32 sum41, 0f00000000; mov.f32 sum42, 0f00000000; mov.f32 sum43, 0f00000000; mov.f32 sum44, 0f00000000; mov.f32 sum45, 0f00000000; mov.f32 sum46, 0f00000000; mov.f32 sum47, 0f00000000;\n" +
        "mov.f32 sum48, 0f00000000; mov.f32 sum49, 0f00000000; mov.f32 sum50, 0f00000000; mov.f32 sum51, 0f00000000; mov.f32 sum52, 0f00000000; mov.f32 sum53, 0f00000000; mov.f32 sum54, 0f00000000; mov.f32 sum55, 0f00000000;\n" +
        "mov.f32 sum56, 0f00000000; mov.f32 sum57, 0f00000000; mov.f32 sum58, 0f00000000; mov.f32 sum59, 0f00000000; mov.f32 sum60, 0f00000000; mov.f32 sum61, 0f00000000; mov.f32 sum62, 0f00000000; mov.f32 sum63, 0f00000000;\n" +
        "mov.f32 sum64, 0f00000000; mov.f32 sum65, 0f00000000; mov.f32 sum66, 0f00000000; mov.f32 sum67, 0f00000000; mov.f32 sum68, 0f00000000; mov.f32 sum69, 0f00000000; mov.f32 sum70, 0f00000000; mov.f32 sum71, 0f00000000;\n" +
        "mov.f32 sum72, 0f00000000; mov.f32 sum73, 0f00000000; mov.f32 sum74, 0f00000000; mov.f32 sum75, 0f00000000; mov.f32 sum76, 0f00000000; mov.f32 sum77, 0f00000000; mov.f32 sum78, 0f00000000; mov.f32 sum79, 0f00000000;\n" +
        "mov.f32 sum80, 0f00000000; mov.f32 sum81, 0f00000000; mov.f32 sum82, 0f00000000; mov.f32 sum83, 0f00000000; mov.f32 sum84, 0f00000000; mov.f32 sum85, 0f00000000; mov.f32 sum86, 0f00000000; mov.f32 sum87, 0f00000000;\n" +
        "mov.f32 sum88, 0f00000000; mov.f32 sum89, 0f00000000; mov.f32 sum90, 0f00000000; mov.f32 sum91, 0f00000000; mov.f32 sum92, 0f00000000; mov.f32 sum93, 0f00000000; mov.f32 sum94, 0f00000000; mov.f32 sum95, 0f00000000;\n" +
        "mov.f32 sum96, 0f00000000; mov.f32 sum97, 0f00000000; mov.f32 sum98, 0f00000000; mov.f32 sum99, 0f00000000; mov.f32 sum100, 0f00000000; mov.f32 sum101, 0f00000000; mov.f32 sum102, 0f00000000; mov.f32 sum103, 0f00000000;\n" +
        "mov.f32 sum104, 0f00000000; mov.f32 sum105, 0f00000000; mov.f32 sum106, 0f00000000; mov.f32 sum107, 0f00000000; mov.f32 sum108, 0f00000000; mov.f32 sum109, 0f00000000; mov.f32 sum110, 0f00000000; mov.f32 sum111, 0f00000000;\n" +
        "mov.f32 sum112, 0f00000000; mov.f32 sum113, 0f00000000; mov.f32 sum114, 0f00000000; mov.f32 sum115, 0f00000000; mov.f32 sum116, 0f00000000; mov.f32 sum117, 0f00000000; mov.f32 sum118, 0f00000000; mov.f32 sum119, 0f00000000;\n" +
        "mov.f32 sum120, 0f00000000; mov.f32 sum121, 0f00000000; mov.f32 sum122, 0f00000000; mov.f32 sum123, 0f00000000; mov.f32 sum124, 0f00000000; mov.f32 sum125, 0f00000000; mov.f32 sum126, 0f00000000; mov.f32 sum127, 0f00000000;\n";

    /// <summary>Reads the right fragment, one column a quad: columns 0 and 2 from the first address, 1 and 3 from the second.</summary>
    public const string RightAlongDepth =
        "{ .reg .u32 from; mov.u32 from, __shared_alloca0; add.u32 from, from, %0;\n" +
        "ld.shared.v4.b32 {right0,right1,right2,right3}, [from];\n" +
        "ld.shared.v4.b32 {right8,right9,right10,right11}, [from+128];\n" +
        "mov.u32 from, __shared_alloca0; add.u32 from, from, %1;\n" +
        "ld.shared.v4.b32 {right4,right5,right6,right7}, [from];\n" +
        "ld.shared.v4.b32 {right12,right13,right14,right15}, [from+128]; }\n";

    /// <summary>Reads the right fragment, one term a quad, in a block of 128 columns.</summary>
    public const string RightAlongRowsOf128 =
        "{ .reg .u32 from; mov.u32 from, __shared_alloca0; add.u32 from, from, %0;\n" +
        "ld.shared.v4.b32 {right0,right4,right8,right12}, [from];\n" +
        "ld.shared.v4.b32 {right1,right5,right9,right13}, [from+512];\n" +
        "ld.shared.v4.b32 {right2,right6,right10,right14}, [from+1024];\n" +
        "ld.shared.v4.b32 {right3,right7,right11,right15}, [from+1536]; }\n";

    /// <summary>Reads the right fragment, one term a quad, in a block of 64 columns.</summary>
    public const string RightAlongRowsOf64 =
        "{ .reg .u32 from; mov.u32 from, __shared_alloca0; add.u32 from, from, %0;\n" +
        "ld.shared.v4.b32 {right0,right4,right8,right12}, [from];\n" +
        "ld.shared.v4.b32 {right1,right5,right9,right13}, [from+256];\n" +
        "ld.shared.v4.b32 {right2,right6,right10,right14}, [from+512];\n" +
        "ld.shared.v4.b32 {right3,right7,right11,right15}, [from+768]; }\n";

    /// <summary>Reads the right fragment, one term a quad, in a block of 32 columns.</summary>
    public const string RightAlongRowsOf32 =
        "{ .reg .u32 from; mov.u32 from, __shared_alloca0; add.u32 from, from, %0;\n" +
        "ld.shared.v4.b32 {right0,right4,right8,right12}, [from];\n" +
        "ld.shared.v4.b32 {right1,right5,right9,right13}, [from+128];\n" +
        "ld.shared.v4.b32 {right2,right6,right10,right14}, [from+256];\n" +
        "ld.shared.v4.b32 {right3,right7,right11,right15}, [from+384]; }\n";

    /// <summary>Rounds the right fragment.</summary>
    public const string RoundRight =
        "add.u32 column0, right0, 0x1000; max.s32 column0, column0, right0; add.u32 column1, right1, 0x1000; max.s32 column1, column1, right1; add.u32 column2, right2, 0x1000; max.s32 column2, column2, right2; add.u32 column3, right3, 0x1000; max.s32 column3, column3, right3;\n" +
        "add.u32 column4, right4, 0x1000; max.s32 column4, column4, right4; add.u32 column5, right5, 0x1000; max.s32 column5, column5, right5; add.u32 column6, right6, 0x1000; max.s32 column6, column6, right6; add.u32 column7, right7, 0x1000; max.s32 column7, column7, right7;\n" +
        "add.u32 column8, right8, 0x1000; max.s32 column8, column8, right8; add.u32 column9, right9, 0x1000; max.s32 column9, column9, right9; add.u32 column10, right10, 0x1000; max.s32 column10, column10, right10; add.u32 column11, right11, 0x1000; max.s32 column11, column11, right11;\n" +
        "add.u32 column12, right12, 0x1000; max.s32 column12, column12, right12; add.u32 column13, right13, 0x1000; max.s32 column13, column13, right13; add.u32 column14, right14, 0x1000; max.s32 column14, column14, right14; add.u32 column15, right15, 0x1000; max.s32 column15, column15, right15;\n";

    /// <summary>Reads half 1 of the right fragment of a warp of 64 columns, one column a quad: columns 0 and 2 from the first address, 1 and 3 from the second.</summary>
    public const string RightWideAlongDepth =
        "{ .reg .u32 from; mov.u32 from, __shared_alloca0; add.u32 from, from, %0;\n" +
        "ld.shared.v4.b32 {right16,right17,right18,right19}, [from+2048];\n" +
        "ld.shared.v4.b32 {right24,right25,right26,right27}, [from+2176];\n" +
        "mov.u32 from, __shared_alloca0; add.u32 from, from, %1;\n" +
        "ld.shared.v4.b32 {right20,right21,right22,right23}, [from+2048];\n" +
        "ld.shared.v4.b32 {right28,right29,right30,right31}, [from+2176]; }\n";

    /// <summary>Reads half 1 of the right fragment of a warp of 64 columns, one term a quad, in a block of 128 columns.</summary>
    public const string RightWideAlongRowsOf128 =
        "{ .reg .u32 from; mov.u32 from, __shared_alloca0; add.u32 from, from, %0;\n" +
        "ld.shared.v4.b32 {right16,right20,right24,right28}, [from+128];\n" +
        "ld.shared.v4.b32 {right17,right21,right25,right29}, [from+640];\n" +
        "ld.shared.v4.b32 {right18,right22,right26,right30}, [from+1152];\n" +
        "ld.shared.v4.b32 {right19,right23,right27,right31}, [from+1664]; }\n";

    /// <summary>Reads half 1 of the right fragment of a warp of 64 columns, one term a quad, in a block of 64 columns.</summary>
    public const string RightWideAlongRowsOf64 =
        "{ .reg .u32 from; mov.u32 from, __shared_alloca0; add.u32 from, from, %0;\n" +
        "ld.shared.v4.b32 {right16,right20,right24,right28}, [from+128];\n" +
        "ld.shared.v4.b32 {right17,right21,right25,right29}, [from+384];\n" +
        "ld.shared.v4.b32 {right18,right22,right26,right30}, [from+640];\n" +
        "ld.shared.v4.b32 {right19,right23,right27,right31}, [from+896]; }\n";

    /// <summary>Rounds the right fragment, half 1 of a warp of 64 columns.</summary>
    public const string RoundRightWide =
        "add.u32 column16, right16, 0x1000; max.s32 column16, column16, right16; add.u32 column17, right17, 0x1000; max.s32 column17, column17, right17; add.u32 column18, right18, 0x1000; max.s32 column18, column18, right18; add.u32 column19, right19, 0x1000; max.s32 column19, column19, right19;\n" +
        "add.u32 column20, right20, 0x1000; max.s32 column20, column20, right20; add.u32 column21, right21, 0x1000; max.s32 column21, column21, right21; add.u32 column22, right22, 0x1000; max.s32 column22, column22, right22; add.u32 column23, right23, 0x1000; max.s32 column23, column23, right23;\n" +
        "add.u32 column24, right24, 0x1000; max.s32 column24, column24, right24; add.u32 column25, right25, 0x1000; max.s32 column25, column25, right25; add.u32 column26, right26, 0x1000; max.s32 column26, column26, right26; add.u32 column27, right27, 0x1000; max.s32 column27, column27, right27;\n" +
        "add.u32 column28, right28, 0x1000; max.s32 column28, column28, right28; add.u32 column29, right29, 0x1000; max.s32 column29, column29, right29; add.u32 column30, right30, 0x1000; max.s32 column30, column30, right30; add.u32 column31, right31, 0x1000; max.s32 column31, column31, right31;\n";

    /// <summary>Reads rows 0 and 32, terms side by side.</summary>
    public const string Left0AlongDepth =
        "{ .reg .u32 from; mov.u32 from, __shared_alloca0; add.u32 from, from, %0;\n" +
        "ld.shared.v4.b32 {top0,top1,top2,top3}, [from];\n" +
        "ld.shared.v4.b32 {bottom0,bottom1,bottom2,bottom3}, [from+2048]; }\n";

    /// <summary>Reads rows 1 and 33, terms side by side.</summary>
    public const string Left1AlongDepth =
        "{ .reg .u32 from; mov.u32 from, __shared_alloca0; add.u32 from, from, %0;\n" +
        "ld.shared.v4.b32 {top4,top5,top6,top7}, [from];\n" +
        "ld.shared.v4.b32 {bottom4,bottom5,bottom6,bottom7}, [from+2048]; }\n";

    /// <summary>Reads rows 2 and 34, terms side by side.</summary>
    public const string Left2AlongDepth =
        "{ .reg .u32 from; mov.u32 from, __shared_alloca0; add.u32 from, from, %0;\n" +
        "ld.shared.v4.b32 {top8,top9,top10,top11}, [from+128];\n" +
        "ld.shared.v4.b32 {bottom8,bottom9,bottom10,bottom11}, [from+2176]; }\n";

    /// <summary>Reads rows 3 and 35, terms side by side.</summary>
    public const string Left3AlongDepth =
        "{ .reg .u32 from; mov.u32 from, __shared_alloca0; add.u32 from, from, %0;\n" +
        "ld.shared.v4.b32 {top12,top13,top14,top15}, [from+128];\n" +
        "ld.shared.v4.b32 {bottom12,bottom13,bottom14,bottom15}, [from+2176]; }\n";

    /// <summary>Reads the left fragment's terms 0 and 1, one term a quad.</summary>
    public const string Left0AlongRows =
        "{ .reg .u32 from; mov.u32 from, __shared_alloca0; add.u32 from, from, %0;\n" +
        "ld.shared.v4.b32 {top0,top4,top8,top12}, [from];\n" +
        "ld.shared.v4.b32 {top1,top5,top9,top13}, [from+512];\n" +
        "ld.shared.v4.b32 {bottom0,bottom4,bottom8,bottom12}, [from+128];\n" +
        "ld.shared.v4.b32 {bottom1,bottom5,bottom9,bottom13}, [from+640]; }\n";

    /// <summary>Reads the left fragment's terms 2 and 3, one term a quad.</summary>
    public const string Left1AlongRows =
        "{ .reg .u32 from; mov.u32 from, __shared_alloca0; add.u32 from, from, %0;\n" +
        "ld.shared.v4.b32 {top2,top6,top10,top14}, [from+1024];\n" +
        "ld.shared.v4.b32 {top3,top7,top11,top15}, [from+1536];\n" +
        "ld.shared.v4.b32 {bottom2,bottom6,bottom10,bottom14}, [from+1152];\n" +
        "ld.shared.v4.b32 {bottom3,bottom7,bottom11,bottom15}, [from+1664]; }\n";

    /// <summary>Rounds rows 0 and 32, terms 0 and 1, then 2 and 3.</summary>
    public const string RoundRow0 =
        "add.u32 left0, top0, 0x1000; max.s32 left0, left0, top0; add.u32 left1, bottom0, 0x1000; max.s32 left1, left1, bottom0; add.u32 left2, top1, 0x1000; max.s32 left2, left2, top1; add.u32 left3, bottom1, 0x1000; max.s32 left3, left3, bottom1;\n" +
        "add.u32 left4, top2, 0x1000; max.s32 left4, left4, top2; add.u32 left5, bottom2, 0x1000; max.s32 left5, left5, bottom2; add.u32 left6, top3, 0x1000; max.s32 left6, left6, top3; add.u32 left7, bottom3, 0x1000; max.s32 left7, left7, bottom3;\n";

    /// <summary>Rounds rows 1 and 33, terms 0 and 1, then 2 and 3.</summary>
    public const string RoundRow1 =
        "add.u32 left0, top4, 0x1000; max.s32 left0, left0, top4; add.u32 left1, bottom4, 0x1000; max.s32 left1, left1, bottom4; add.u32 left2, top5, 0x1000; max.s32 left2, left2, top5; add.u32 left3, bottom5, 0x1000; max.s32 left3, left3, bottom5;\n" +
        "add.u32 left4, top6, 0x1000; max.s32 left4, left4, top6; add.u32 left5, bottom6, 0x1000; max.s32 left5, left5, bottom6; add.u32 left6, top7, 0x1000; max.s32 left6, left6, top7; add.u32 left7, bottom7, 0x1000; max.s32 left7, left7, bottom7;\n";

    /// <summary>Rounds rows 2 and 34, terms 0 and 1, then 2 and 3.</summary>
    public const string RoundRow2 =
        "add.u32 left0, top8, 0x1000; max.s32 left0, left0, top8; add.u32 left1, bottom8, 0x1000; max.s32 left1, left1, bottom8; add.u32 left2, top9, 0x1000; max.s32 left2, left2, top9; add.u32 left3, bottom9, 0x1000; max.s32 left3, left3, bottom9;\n" +
        "add.u32 left4, top10, 0x1000; max.s32 left4, left4, top10; add.u32 left5, bottom10, 0x1000; max.s32 left5, left5, bottom10; add.u32 left6, top11, 0x1000; max.s32 left6, left6, top11; add.u32 left7, bottom11, 0x1000; max.s32 left7, left7, bottom11;\n";

    /// <summary>Rounds rows 3 and 35, terms 0 and 1, then 2 and 3.</summary>
    public const string RoundRow3 =
        "add.u32 left0, top12, 0x1000; max.s32 left0, left0, top12; add.u32 left1, bottom12, 0x1000; max.s32 left1, left1, bottom12; add.u32 left2, top13, 0x1000; max.s32 left2, left2, top13; add.u32 left3, bottom13, 0x1000; max.s32 left3, left3, bottom13;\n" +
        "add.u32 left4, top14, 0x1000; max.s32 left4, left4, top14; add.u32 left5, bottom14, 0x1000; max.s32 left5, left5, bottom14; add.u32 left6, top15, 0x1000; max.s32 left6, left6, top15; add.u32 left7, bottom15, 0x1000; max.s32 left7, left7, bottom15;\n";

    /// <summary>Rounds terms 0 and 1 of rows 0 and 32, then 1 and 33.</summary>
    public const string RoundStep0Rows0 =
        "add.u32 left0, top0, 0x1000; max.s32 left0, left0, top0; add.u32 left1, bottom0, 0x1000; max.s32 left1, left1, bottom0; add.u32 left2, top1, 0x1000; max.s32 left2, left2, top1; add.u32 left3, bottom1, 0x1000; max.s32 left3, left3, bottom1;\n" +
        "add.u32 left4, top4, 0x1000; max.s32 left4, left4, top4; add.u32 left5, bottom4, 0x1000; max.s32 left5, left5, bottom4; add.u32 left6, top5, 0x1000; max.s32 left6, left6, top5; add.u32 left7, bottom5, 0x1000; max.s32 left7, left7, bottom5;\n";

    /// <summary>Rounds terms 0 and 1 of rows 2 and 34, then 3 and 35.</summary>
    public const string RoundStep0Rows2 =
        "add.u32 left0, top8, 0x1000; max.s32 left0, left0, top8; add.u32 left1, bottom8, 0x1000; max.s32 left1, left1, bottom8; add.u32 left2, top9, 0x1000; max.s32 left2, left2, top9; add.u32 left3, bottom9, 0x1000; max.s32 left3, left3, bottom9;\n" +
        "add.u32 left4, top12, 0x1000; max.s32 left4, left4, top12; add.u32 left5, bottom12, 0x1000; max.s32 left5, left5, bottom12; add.u32 left6, top13, 0x1000; max.s32 left6, left6, top13; add.u32 left7, bottom13, 0x1000; max.s32 left7, left7, bottom13;\n";

    /// <summary>Rounds terms 2 and 3 of rows 0 and 32, then 1 and 33.</summary>
    public const string RoundStep1Rows0 =
        "add.u32 left0, top2, 0x1000; max.s32 left0, left0, top2; add.u32 left1, bottom2, 0x1000; max.s32 left1, left1, bottom2; add.u32 left2, top3, 0x1000; max.s32 left2, left2, top3; add.u32 left3, bottom3, 0x1000; max.s32 left3, left3, bottom3;\n" +
        "add.u32 left4, top6, 0x1000; max.s32 left4, left4, top6; add.u32 left5, bottom6, 0x1000; max.s32 left5, left5, bottom6; add.u32 left6, top7, 0x1000; max.s32 left6, left6, top7; add.u32 left7, bottom7, 0x1000; max.s32 left7, left7, bottom7;\n";

    /// <summary>Rounds terms 2 and 3 of rows 2 and 34, then 3 and 35.</summary>
    public const string RoundStep1Rows2 =
        "add.u32 left0, top10, 0x1000; max.s32 left0, left0, top10; add.u32 left1, bottom10, 0x1000; max.s32 left1, left1, bottom10; add.u32 left2, top11, 0x1000; max.s32 left2, left2, top11; add.u32 left3, bottom11, 0x1000; max.s32 left3, left3, bottom11;\n" +
        "add.u32 left4, top14, 0x1000; max.s32 left4, left4, top14; add.u32 left5, bottom14, 0x1000; max.s32 left5, left5, bottom14; add.u32 left6, top15, 0x1000; max.s32 left6, left6, top15; add.u32 left7, bottom15, 0x1000; max.s32 left7, left7, bottom15;\n";

    /// <summary>Multiplies rows 0 and 32: two steps of four tensor tiles.</summary>
    public const string MultiplyRow0 =
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum0,sum4,sum32,sum36}, {left0,left1,left2,left3}, {column0,column1}, {sum0,sum4,sum32,sum36};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum1,sum5,sum33,sum37}, {left0,left1,left2,left3}, {column4,column5}, {sum1,sum5,sum33,sum37};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum2,sum6,sum34,sum38}, {left0,left1,left2,left3}, {column8,column9}, {sum2,sum6,sum34,sum38};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum3,sum7,sum35,sum39}, {left0,left1,left2,left3}, {column12,column13}, {sum3,sum7,sum35,sum39};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum0,sum4,sum32,sum36}, {left4,left5,left6,left7}, {column2,column3}, {sum0,sum4,sum32,sum36};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum1,sum5,sum33,sum37}, {left4,left5,left6,left7}, {column6,column7}, {sum1,sum5,sum33,sum37};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum2,sum6,sum34,sum38}, {left4,left5,left6,left7}, {column10,column11}, {sum2,sum6,sum34,sum38};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum3,sum7,sum35,sum39}, {left4,left5,left6,left7}, {column14,column15}, {sum3,sum7,sum35,sum39};\n";

    /// <summary>Multiplies rows 1 and 33: two steps of four tensor tiles.</summary>
    public const string MultiplyRow1 =
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum8,sum12,sum40,sum44}, {left0,left1,left2,left3}, {column0,column1}, {sum8,sum12,sum40,sum44};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum9,sum13,sum41,sum45}, {left0,left1,left2,left3}, {column4,column5}, {sum9,sum13,sum41,sum45};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum10,sum14,sum42,sum46}, {left0,left1,left2,left3}, {column8,column9}, {sum10,sum14,sum42,sum46};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum11,sum15,sum43,sum47}, {left0,left1,left2,left3}, {column12,column13}, {sum11,sum15,sum43,sum47};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum8,sum12,sum40,sum44}, {left4,left5,left6,left7}, {column2,column3}, {sum8,sum12,sum40,sum44};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum9,sum13,sum41,sum45}, {left4,left5,left6,left7}, {column6,column7}, {sum9,sum13,sum41,sum45};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum10,sum14,sum42,sum46}, {left4,left5,left6,left7}, {column10,column11}, {sum10,sum14,sum42,sum46};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum11,sum15,sum43,sum47}, {left4,left5,left6,left7}, {column14,column15}, {sum11,sum15,sum43,sum47};\n";

    /// <summary>Multiplies rows 2 and 34: two steps of four tensor tiles.</summary>
    public const string MultiplyRow2 =
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum16,sum20,sum48,sum52}, {left0,left1,left2,left3}, {column0,column1}, {sum16,sum20,sum48,sum52};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum17,sum21,sum49,sum53}, {left0,left1,left2,left3}, {column4,column5}, {sum17,sum21,sum49,sum53};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum18,sum22,sum50,sum54}, {left0,left1,left2,left3}, {column8,column9}, {sum18,sum22,sum50,sum54};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum19,sum23,sum51,sum55}, {left0,left1,left2,left3}, {column12,column13}, {sum19,sum23,sum51,sum55};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum16,sum20,sum48,sum52}, {left4,left5,left6,left7}, {column2,column3}, {sum16,sum20,sum48,sum52};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum17,sum21,sum49,sum53}, {left4,left5,left6,left7}, {column6,column7}, {sum17,sum21,sum49,sum53};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum18,sum22,sum50,sum54}, {left4,left5,left6,left7}, {column10,column11}, {sum18,sum22,sum50,sum54};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum19,sum23,sum51,sum55}, {left4,left5,left6,left7}, {column14,column15}, {sum19,sum23,sum51,sum55};\n";

    /// <summary>Multiplies rows 3 and 35: two steps of four tensor tiles.</summary>
    public const string MultiplyRow3 =
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum24,sum28,sum56,sum60}, {left0,left1,left2,left3}, {column0,column1}, {sum24,sum28,sum56,sum60};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum25,sum29,sum57,sum61}, {left0,left1,left2,left3}, {column4,column5}, {sum25,sum29,sum57,sum61};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum26,sum30,sum58,sum62}, {left0,left1,left2,left3}, {column8,column9}, {sum26,sum30,sum58,sum62};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum27,sum31,sum59,sum63}, {left0,left1,left2,left3}, {column12,column13}, {sum27,sum31,sum59,sum63};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum24,sum28,sum56,sum60}, {left4,left5,left6,left7}, {column2,column3}, {sum24,sum28,sum56,sum60};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum25,sum29,sum57,sum61}, {left4,left5,left6,left7}, {column6,column7}, {sum25,sum29,sum57,sum61};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum26,sum30,sum58,sum62}, {left4,left5,left6,left7}, {column10,column11}, {sum26,sum30,sum58,sum62};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum27,sum31,sum59,sum63}, {left4,left5,left6,left7}, {column14,column15}, {sum27,sum31,sum59,sum63};\n";

    /// <summary>Multiplies terms 0 and 1 of rows 0 and 32, then 1 and 33.</summary>
    public const string MultiplyStep0Rows0 =
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum0,sum4,sum32,sum36}, {left0,left1,left2,left3}, {column0,column1}, {sum0,sum4,sum32,sum36};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum1,sum5,sum33,sum37}, {left0,left1,left2,left3}, {column4,column5}, {sum1,sum5,sum33,sum37};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum2,sum6,sum34,sum38}, {left0,left1,left2,left3}, {column8,column9}, {sum2,sum6,sum34,sum38};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum3,sum7,sum35,sum39}, {left0,left1,left2,left3}, {column12,column13}, {sum3,sum7,sum35,sum39};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum8,sum12,sum40,sum44}, {left4,left5,left6,left7}, {column0,column1}, {sum8,sum12,sum40,sum44};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum9,sum13,sum41,sum45}, {left4,left5,left6,left7}, {column4,column5}, {sum9,sum13,sum41,sum45};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum10,sum14,sum42,sum46}, {left4,left5,left6,left7}, {column8,column9}, {sum10,sum14,sum42,sum46};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum11,sum15,sum43,sum47}, {left4,left5,left6,left7}, {column12,column13}, {sum11,sum15,sum43,sum47};\n";

    /// <summary>Multiplies terms 0 and 1 of rows 2 and 34, then 3 and 35.</summary>
    public const string MultiplyStep0Rows2 =
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum16,sum20,sum48,sum52}, {left0,left1,left2,left3}, {column0,column1}, {sum16,sum20,sum48,sum52};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum17,sum21,sum49,sum53}, {left0,left1,left2,left3}, {column4,column5}, {sum17,sum21,sum49,sum53};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum18,sum22,sum50,sum54}, {left0,left1,left2,left3}, {column8,column9}, {sum18,sum22,sum50,sum54};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum19,sum23,sum51,sum55}, {left0,left1,left2,left3}, {column12,column13}, {sum19,sum23,sum51,sum55};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum24,sum28,sum56,sum60}, {left4,left5,left6,left7}, {column0,column1}, {sum24,sum28,sum56,sum60};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum25,sum29,sum57,sum61}, {left4,left5,left6,left7}, {column4,column5}, {sum25,sum29,sum57,sum61};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum26,sum30,sum58,sum62}, {left4,left5,left6,left7}, {column8,column9}, {sum26,sum30,sum58,sum62};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum27,sum31,sum59,sum63}, {left4,left5,left6,left7}, {column12,column13}, {sum27,sum31,sum59,sum63};\n";

    /// <summary>Multiplies terms 2 and 3 of rows 0 and 32, then 1 and 33.</summary>
    public const string MultiplyStep1Rows0 =
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum0,sum4,sum32,sum36}, {left0,left1,left2,left3}, {column2,column3}, {sum0,sum4,sum32,sum36};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum1,sum5,sum33,sum37}, {left0,left1,left2,left3}, {column6,column7}, {sum1,sum5,sum33,sum37};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum2,sum6,sum34,sum38}, {left0,left1,left2,left3}, {column10,column11}, {sum2,sum6,sum34,sum38};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum3,sum7,sum35,sum39}, {left0,left1,left2,left3}, {column14,column15}, {sum3,sum7,sum35,sum39};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum8,sum12,sum40,sum44}, {left4,left5,left6,left7}, {column2,column3}, {sum8,sum12,sum40,sum44};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum9,sum13,sum41,sum45}, {left4,left5,left6,left7}, {column6,column7}, {sum9,sum13,sum41,sum45};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum10,sum14,sum42,sum46}, {left4,left5,left6,left7}, {column10,column11}, {sum10,sum14,sum42,sum46};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum11,sum15,sum43,sum47}, {left4,left5,left6,left7}, {column14,column15}, {sum11,sum15,sum43,sum47};\n";

    /// <summary>Multiplies terms 2 and 3 of rows 2 and 34, then 3 and 35.</summary>
    public const string MultiplyStep1Rows2 =
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum16,sum20,sum48,sum52}, {left0,left1,left2,left3}, {column2,column3}, {sum16,sum20,sum48,sum52};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum17,sum21,sum49,sum53}, {left0,left1,left2,left3}, {column6,column7}, {sum17,sum21,sum49,sum53};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum18,sum22,sum50,sum54}, {left0,left1,left2,left3}, {column10,column11}, {sum18,sum22,sum50,sum54};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum19,sum23,sum51,sum55}, {left0,left1,left2,left3}, {column14,column15}, {sum19,sum23,sum51,sum55};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum24,sum28,sum56,sum60}, {left4,left5,left6,left7}, {column2,column3}, {sum24,sum28,sum56,sum60};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum25,sum29,sum57,sum61}, {left4,left5,left6,left7}, {column6,column7}, {sum25,sum29,sum57,sum61};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum26,sum30,sum58,sum62}, {left4,left5,left6,left7}, {column10,column11}, {sum26,sum30,sum58,sum62};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum27,sum31,sum59,sum63}, {left4,left5,left6,left7}, {column14,column15}, {sum27,sum31,sum59,sum63};\n";

    /// <summary>Multiplies rows 0 and 32, half 1 of the columns: two steps of four tensor tiles.</summary>
    public const string MultiplyWideRow0 =
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum64,sum68,sum96,sum100}, {left0,left1,left2,left3}, {column16,column17}, {sum64,sum68,sum96,sum100};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum65,sum69,sum97,sum101}, {left0,left1,left2,left3}, {column20,column21}, {sum65,sum69,sum97,sum101};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum66,sum70,sum98,sum102}, {left0,left1,left2,left3}, {column24,column25}, {sum66,sum70,sum98,sum102};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum67,sum71,sum99,sum103}, {left0,left1,left2,left3}, {column28,column29}, {sum67,sum71,sum99,sum103};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum64,sum68,sum96,sum100}, {left4,left5,left6,left7}, {column18,column19}, {sum64,sum68,sum96,sum100};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum65,sum69,sum97,sum101}, {left4,left5,left6,left7}, {column22,column23}, {sum65,sum69,sum97,sum101};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum66,sum70,sum98,sum102}, {left4,left5,left6,left7}, {column26,column27}, {sum66,sum70,sum98,sum102};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum67,sum71,sum99,sum103}, {left4,left5,left6,left7}, {column30,column31}, {sum67,sum71,sum99,sum103};\n";

    /// <summary>Multiplies rows 1 and 33, half 1 of the columns: two steps of four tensor tiles.</summary>
    public const string MultiplyWideRow1 =
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum72,sum76,sum104,sum108}, {left0,left1,left2,left3}, {column16,column17}, {sum72,sum76,sum104,sum108};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum73,sum77,sum105,sum109}, {left0,left1,left2,left3}, {column20,column21}, {sum73,sum77,sum105,sum109};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum74,sum78,sum106,sum110}, {left0,left1,left2,left3}, {column24,column25}, {sum74,sum78,sum106,sum110};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum75,sum79,sum107,sum111}, {left0,left1,left2,left3}, {column28,column29}, {sum75,sum79,sum107,sum111};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum72,sum76,sum104,sum108}, {left4,left5,left6,left7}, {column18,column19}, {sum72,sum76,sum104,sum108};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum73,sum77,sum105,sum109}, {left4,left5,left6,left7}, {column22,column23}, {sum73,sum77,sum105,sum109};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum74,sum78,sum106,sum110}, {left4,left5,left6,left7}, {column26,column27}, {sum74,sum78,sum106,sum110};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum75,sum79,sum107,sum111}, {left4,left5,left6,left7}, {column30,column31}, {sum75,sum79,sum107,sum111};\n";

    /// <summary>Multiplies rows 2 and 34, half 1 of the columns: two steps of four tensor tiles.</summary>
    public const string MultiplyWideRow2 =
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum80,sum84,sum112,sum116}, {left0,left1,left2,left3}, {column16,column17}, {sum80,sum84,sum112,sum116};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum81,sum85,sum113,sum117}, {left0,left1,left2,left3}, {column20,column21}, {sum81,sum85,sum113,sum117};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum82,sum86,sum114,sum118}, {left0,left1,left2,left3}, {column24,column25}, {sum82,sum86,sum114,sum118};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum83,sum87,sum115,sum119}, {left0,left1,left2,left3}, {column28,column29}, {sum83,sum87,sum115,sum119};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum80,sum84,sum112,sum116}, {left4,left5,left6,left7}, {column18,column19}, {sum80,sum84,sum112,sum116};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum81,sum85,sum113,sum117}, {left4,left5,left6,left7}, {column22,column23}, {sum81,sum85,sum113,sum117};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum82,sum86,sum114,sum118}, {left4,left5,left6,left7}, {column26,column27}, {sum82,sum86,sum114,sum118};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum83,sum87,sum115,sum119}, {left4,left5,left6,left7}, {column30,column31}, {sum83,sum87,sum115,sum119};\n";

    /// <summary>Multiplies rows 3 and 35, half 1 of the columns: two steps of four tensor tiles.</summary>
    public const string MultiplyWideRow3 =
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum88,sum92,sum120,sum124}, {left0,left1,left2,left3}, {column16,column17}, {sum88,sum92,sum120,sum124};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum89,sum93,sum121,sum125}, {left0,left1,left2,left3}, {column20,column21}, {sum89,sum93,sum121,sum125};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum90,sum94,sum122,sum126}, {left0,left1,left2,left3}, {column24,column25}, {sum90,sum94,sum122,sum126};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum91,sum95,sum123,sum127}, {left0,left1,left2,left3}, {column28,column29}, {sum91,sum95,sum123,sum127};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum88,sum92,sum120,sum124}, {left4,left5,left6,left7}, {column18,column19}, {sum88,sum92,sum120,sum124};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum89,sum93,sum121,sum125}, {left4,left5,left6,left7}, {column22,column23}, {sum89,sum93,sum121,sum125};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum90,sum94,sum122,sum126}, {left4,left5,left6,left7}, {column26,column27}, {sum90,sum94,sum122,sum126};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum91,sum95,sum123,sum127}, {left4,left5,left6,left7}, {column30,column31}, {sum91,sum95,sum123,sum127};\n";

    /// <summary>Multiplies terms 0 and 1 of rows 0 and 32, then 1 and 33, half 1 of the columns.</summary>
    public const string MultiplyWideStep0Rows0 =
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum64,sum68,sum96,sum100}, {left0,left1,left2,left3}, {column16,column17}, {sum64,sum68,sum96,sum100};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum65,sum69,sum97,sum101}, {left0,left1,left2,left3}, {column20,column21}, {sum65,sum69,sum97,sum101};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum66,sum70,sum98,sum102}, {left0,left1,left2,left3}, {column24,column25}, {sum66,sum70,sum98,sum102};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum67,sum71,sum99,sum103}, {left0,left1,left2,left3}, {column28,column29}, {sum67,sum71,sum99,sum103};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum72,sum76,sum104,sum108}, {left4,left5,left6,left7}, {column16,column17}, {sum72,sum76,sum104,sum108};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum73,sum77,sum105,sum109}, {left4,left5,left6,left7}, {column20,column21}, {sum73,sum77,sum105,sum109};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum74,sum78,sum106,sum110}, {left4,left5,left6,left7}, {column24,column25}, {sum74,sum78,sum106,sum110};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum75,sum79,sum107,sum111}, {left4,left5,left6,left7}, {column28,column29}, {sum75,sum79,sum107,sum111};\n";

    /// <summary>Multiplies terms 0 and 1 of rows 2 and 34, then 3 and 35, half 1 of the columns.</summary>
    public const string MultiplyWideStep0Rows2 =
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum80,sum84,sum112,sum116}, {left0,left1,left2,left3}, {column16,column17}, {sum80,sum84,sum112,sum116};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum81,sum85,sum113,sum117}, {left0,left1,left2,left3}, {column20,column21}, {sum81,sum85,sum113,sum117};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum82,sum86,sum114,sum118}, {left0,left1,left2,left3}, {column24,column25}, {sum82,sum86,sum114,sum118};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum83,sum87,sum115,sum119}, {left0,left1,left2,left3}, {column28,column29}, {sum83,sum87,sum115,sum119};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum88,sum92,sum120,sum124}, {left4,left5,left6,left7}, {column16,column17}, {sum88,sum92,sum120,sum124};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum89,sum93,sum121,sum125}, {left4,left5,left6,left7}, {column20,column21}, {sum89,sum93,sum121,sum125};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum90,sum94,sum122,sum126}, {left4,left5,left6,left7}, {column24,column25}, {sum90,sum94,sum122,sum126};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum91,sum95,sum123,sum127}, {left4,left5,left6,left7}, {column28,column29}, {sum91,sum95,sum123,sum127};\n";

    /// <summary>Multiplies terms 2 and 3 of rows 0 and 32, then 1 and 33, half 1 of the columns.</summary>
    public const string MultiplyWideStep1Rows0 =
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum64,sum68,sum96,sum100}, {left0,left1,left2,left3}, {column18,column19}, {sum64,sum68,sum96,sum100};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum65,sum69,sum97,sum101}, {left0,left1,left2,left3}, {column22,column23}, {sum65,sum69,sum97,sum101};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum66,sum70,sum98,sum102}, {left0,left1,left2,left3}, {column26,column27}, {sum66,sum70,sum98,sum102};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum67,sum71,sum99,sum103}, {left0,left1,left2,left3}, {column30,column31}, {sum67,sum71,sum99,sum103};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum72,sum76,sum104,sum108}, {left4,left5,left6,left7}, {column18,column19}, {sum72,sum76,sum104,sum108};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum73,sum77,sum105,sum109}, {left4,left5,left6,left7}, {column22,column23}, {sum73,sum77,sum105,sum109};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum74,sum78,sum106,sum110}, {left4,left5,left6,left7}, {column26,column27}, {sum74,sum78,sum106,sum110};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum75,sum79,sum107,sum111}, {left4,left5,left6,left7}, {column30,column31}, {sum75,sum79,sum107,sum111};\n";

    /// <summary>Multiplies terms 2 and 3 of rows 2 and 34, then 3 and 35, half 1 of the columns.</summary>
    public const string MultiplyWideStep1Rows2 =
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum80,sum84,sum112,sum116}, {left0,left1,left2,left3}, {column18,column19}, {sum80,sum84,sum112,sum116};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum81,sum85,sum113,sum117}, {left0,left1,left2,left3}, {column22,column23}, {sum81,sum85,sum113,sum117};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum82,sum86,sum114,sum118}, {left0,left1,left2,left3}, {column26,column27}, {sum82,sum86,sum114,sum118};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum83,sum87,sum115,sum119}, {left0,left1,left2,left3}, {column30,column31}, {sum83,sum87,sum115,sum119};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum88,sum92,sum120,sum124}, {left4,left5,left6,left7}, {column18,column19}, {sum88,sum92,sum120,sum124};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum89,sum93,sum121,sum125}, {left4,left5,left6,left7}, {column22,column23}, {sum89,sum93,sum121,sum125};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum90,sum94,sum122,sum126}, {left4,left5,left6,left7}, {column26,column27}, {sum90,sum94,sum122,sum126};\n" +
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum91,sum95,sum123,sum127}, {left4,left5,left6,left7}, {column30,column31}, {sum91,sum95,sum123,sum127};\n";

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

    /// <summary>Writes row 0 of the accumulators, half 1, to two places in shared memory.</summary>
    public const string StoreWide0 =
        "{ .reg .u32 low, high; mov.u32 low, __shared_alloca0; add.u32 high, low, %1; add.u32 low, low, %0;\n" +
        "st.shared.v4.f32 [low], {sum64,sum65,sum66,sum67}; st.shared.v4.f32 [high], {sum68,sum69,sum70,sum71}; }\n";

    /// <summary>Writes row 1 of the accumulators, half 1, to two places in shared memory.</summary>
    public const string StoreWide1 =
        "{ .reg .u32 low, high; mov.u32 low, __shared_alloca0; add.u32 high, low, %1; add.u32 low, low, %0;\n" +
        "st.shared.v4.f32 [low], {sum72,sum73,sum74,sum75}; st.shared.v4.f32 [high], {sum76,sum77,sum78,sum79}; }\n";

    /// <summary>Writes row 2 of the accumulators, half 1, to two places in shared memory.</summary>
    public const string StoreWide2 =
        "{ .reg .u32 low, high; mov.u32 low, __shared_alloca0; add.u32 high, low, %1; add.u32 low, low, %0;\n" +
        "st.shared.v4.f32 [low], {sum80,sum81,sum82,sum83}; st.shared.v4.f32 [high], {sum84,sum85,sum86,sum87}; }\n";

    /// <summary>Writes row 3 of the accumulators, half 1, to two places in shared memory.</summary>
    public const string StoreWide3 =
        "{ .reg .u32 low, high; mov.u32 low, __shared_alloca0; add.u32 high, low, %1; add.u32 low, low, %0;\n" +
        "st.shared.v4.f32 [low], {sum88,sum89,sum90,sum91}; st.shared.v4.f32 [high], {sum92,sum93,sum94,sum95}; }\n";

    /// <summary>Writes row 4 of the accumulators, half 1, to two places in shared memory.</summary>
    public const string StoreWide4 =
        "{ .reg .u32 low, high; mov.u32 low, __shared_alloca0; add.u32 high, low, %1; add.u32 low, low, %0;\n" +
        "st.shared.v4.f32 [low], {sum96,sum97,sum98,sum99}; st.shared.v4.f32 [high], {sum100,sum101,sum102,sum103}; }\n";

    /// <summary>Writes row 5 of the accumulators, half 1, to two places in shared memory.</summary>
    public const string StoreWide5 =
        "{ .reg .u32 low, high; mov.u32 low, __shared_alloca0; add.u32 high, low, %1; add.u32 low, low, %0;\n" +
        "st.shared.v4.f32 [low], {sum104,sum105,sum106,sum107}; st.shared.v4.f32 [high], {sum108,sum109,sum110,sum111}; }\n";

    /// <summary>Writes row 6 of the accumulators, half 1, to two places in shared memory.</summary>
    public const string StoreWide6 =
        "{ .reg .u32 low, high; mov.u32 low, __shared_alloca0; add.u32 high, low, %1; add.u32 low, low, %0;\n" +
        "st.shared.v4.f32 [low], {sum112,sum113,sum114,sum115}; st.shared.v4.f32 [high], {sum116,sum117,sum118,sum119}; }\n";

    /// <summary>Writes row 7 of the accumulators, half 1, to two places in shared memory.</summary>
    public const string StoreWide7 =
        "{ .reg .u32 low, high; mov.u32 low, __shared_alloca0; add.u32 high, low, %1; add.u32 low, low, %0;\n" +
        "st.shared.v4.f32 [low], {sum120,sum121,sum122,sum123}; st.shared.v4.f32 [high], {sum124,sum125,sum126,sum127}; }\n";

    /// <summary>Writes row 0 of the accumulators to global memory, columns 0 to 3.</summary>
    public const string Write0Low = "st.global.v4.f32 [%0], {sum0,sum1,sum2,sum3};\n";

    /// <summary>Columns 4 to 7.</summary>
    public const string Write0High = "st.global.v4.f32 [%0+16], {sum4,sum5,sum6,sum7};\n";

    /// <summary>Writes row 1 of the accumulators to global memory, columns 0 to 3.</summary>
    public const string Write1Low = "st.global.v4.f32 [%0], {sum8,sum9,sum10,sum11};\n";

    /// <summary>Columns 4 to 7.</summary>
    public const string Write1High = "st.global.v4.f32 [%0+16], {sum12,sum13,sum14,sum15};\n";

    /// <summary>Writes row 2 of the accumulators to global memory, columns 0 to 3.</summary>
    public const string Write2Low = "st.global.v4.f32 [%0], {sum16,sum17,sum18,sum19};\n";

    /// <summary>Columns 4 to 7.</summary>
    public const string Write2High = "st.global.v4.f32 [%0+16], {sum20,sum21,sum22,sum23};\n";

    /// <summary>Writes row 3 of the accumulators to global memory, columns 0 to 3.</summary>
    public const string Write3Low = "st.global.v4.f32 [%0], {sum24,sum25,sum26,sum27};\n";

    /// <summary>Columns 4 to 7.</summary>
    public const string Write3High = "st.global.v4.f32 [%0+16], {sum28,sum29,sum30,sum31};\n";

    /// <summary>Writes row 4 of the accumulators to global memory, columns 0 to 3.</summary>
    public const string Write4Low = "st.global.v4.f32 [%0], {sum32,sum33,sum34,sum35};\n";

    /// <summary>Columns 4 to 7.</summary>
    public const string Write4High = "st.global.v4.f32 [%0+16], {sum36,sum37,sum38,sum39};\n";

    /// <summary>Writes row 5 of the accumulators to global memory, columns 0 to 3.</summary>
    public const string Write5Low = "st.global.v4.f32 [%0], {sum40,sum41,sum42,sum43};\n";

    /// <summary>Columns 4 to 7.</summary>
    public const string Write5High = "st.global.v4.f32 [%0+16], {sum44,sum45,sum46,sum47};\n";

    /// <summary>Writes row 6 of the accumulators to global memory, columns 0 to 3.</summary>
    public const string Write6Low = "st.global.v4.f32 [%0], {sum48,sum49,sum50,sum51};\n";

    /// <summary>Columns 4 to 7.</summary>
    public const string Write6High = "st.global.v4.f32 [%0+16], {sum52,sum53,sum54,sum55};\n";

    /// <summary>Writes row 7 of the accumulators to global memory, columns 0 to 3.</summary>
    public const string Write7Low = "st.global.v4.f32 [%0], {sum56,sum57,sum58,sum59};\n";

    /// <summary>Columns 4 to 7.</summary>
    public const string Write7High = "st.global.v4.f32 [%0+16], {sum60,sum61,sum62,sum63};\n";

    /// <summary>Writes row 0 of the accumulators to global memory, columns 32 to 35.</summary>
    public const string WriteWide0Low = "st.global.v4.f32 [%0+128], {sum64,sum65,sum66,sum67};\n";

    /// <summary>Columns 36 to 39.</summary>
    public const string WriteWide0High = "st.global.v4.f32 [%0+144], {sum68,sum69,sum70,sum71};\n";

    /// <summary>Writes row 1 of the accumulators to global memory, columns 32 to 35.</summary>
    public const string WriteWide1Low = "st.global.v4.f32 [%0+128], {sum72,sum73,sum74,sum75};\n";

    /// <summary>Columns 36 to 39.</summary>
    public const string WriteWide1High = "st.global.v4.f32 [%0+144], {sum76,sum77,sum78,sum79};\n";

    /// <summary>Writes row 2 of the accumulators to global memory, columns 32 to 35.</summary>
    public const string WriteWide2Low = "st.global.v4.f32 [%0+128], {sum80,sum81,sum82,sum83};\n";

    /// <summary>Columns 36 to 39.</summary>
    public const string WriteWide2High = "st.global.v4.f32 [%0+144], {sum84,sum85,sum86,sum87};\n";

    /// <summary>Writes row 3 of the accumulators to global memory, columns 32 to 35.</summary>
    public const string WriteWide3Low = "st.global.v4.f32 [%0+128], {sum88,sum89,sum90,sum91};\n";

    /// <summary>Columns 36 to 39.</summary>
    public const string WriteWide3High = "st.global.v4.f32 [%0+144], {sum92,sum93,sum94,sum95};\n";

    /// <summary>Writes row 4 of the accumulators to global memory, columns 32 to 35.</summary>
    public const string WriteWide4Low = "st.global.v4.f32 [%0+128], {sum96,sum97,sum98,sum99};\n";

    /// <summary>Columns 36 to 39.</summary>
    public const string WriteWide4High = "st.global.v4.f32 [%0+144], {sum100,sum101,sum102,sum103};\n";

    /// <summary>Writes row 5 of the accumulators to global memory, columns 32 to 35.</summary>
    public const string WriteWide5Low = "st.global.v4.f32 [%0+128], {sum104,sum105,sum106,sum107};\n";

    /// <summary>Columns 36 to 39.</summary>
    public const string WriteWide5High = "st.global.v4.f32 [%0+144], {sum108,sum109,sum110,sum111};\n";

    /// <summary>Writes row 6 of the accumulators to global memory, columns 32 to 35.</summary>
    public const string WriteWide6Low = "st.global.v4.f32 [%0+128], {sum112,sum113,sum114,sum115};\n";

    /// <summary>Columns 36 to 39.</summary>
    public const string WriteWide6High = "st.global.v4.f32 [%0+144], {sum116,sum117,sum118,sum119};\n";

    /// <summary>Writes row 7 of the accumulators to global memory, columns 32 to 35.</summary>
    public const string WriteWide7Low = "st.global.v4.f32 [%0+128], {sum120,sum121,sum122,sum123};\n";

    /// <summary>Columns 36 to 39.</summary>
    public const string WriteWide7High = "st.global.v4.f32 [%0+144], {sum124,sum125,sum126,sum127};\n";
}
