using System.Reflection;
using CudaNoisy.Kernels.Gpu;

namespace CudaNoisy.Kernels;

/// <summary>Every kernel in every configuration that can be launched: nothing else can, so what the PTX gate compiles is all there is.</summary>
public static class GpuCatalog
{
    private const int Volta = 70;
    private const int Ampere = 80;
    private static readonly Lazy<IReadOnlyList<GpuKernel>> Kernels = new(() => [.. Products(), .. Others()]);
    private static readonly Lazy<HashSet<MethodInfo>> Methods = new(() => [.. Kernels.Value.Select(k => k.Method)]);

    /// <summary>All kernels.</summary>
    public static IReadOnlyList<GpuKernel> All => Kernels.Value;

    /// <summary>Whether a kernel is one of them.</summary>
    public static bool Contains(MethodInfo method) => Methods.Value.Contains(method);

    private static IEnumerable<GpuKernel> Products()
    {
        var run = typeof(GpuProduct).GetMethod(nameof(GpuProduct.Run))!;
        foreach (var pass in Implementations(typeof(IProductPass<>)).SelectMany(Close))
        {
            foreach (var tile in Implementations(typeof(IProductTile)))
            {
                foreach (var inner in Implementations(typeof(IInnerProduct<>)))
                {
                    foreach (var transfer in Implementations(typeof(ITransfer)))
                    {
                        var tensor = inner == typeof(TensorCoreProduct);
                        var quads = transfer == typeof(AsyncQuads) || transfer == typeof(PlainQuads);
                        var isAsync = transfer == typeof(AsyncQuads) || transfer == typeof(AsyncSingles);
                        if ((tensor && !isAsync) || ((bool)pass.GetProperty(nameof(ForwardPass<AsStored>.Maps))!.GetValue(null)! && !quads))
                            continue;
                        var sizes = typeof(ProductTile<>).MakeGenericType(tile);
                        var threads = (int)sizes.GetProperty("Threads")!.GetValue(null)!;
                        var registers = (int)typeof(GpuProduct).GetMethod(nameof(GpuProduct.Registers))!.MakeGenericMethod(pass, inner, transfer).Invoke(null, null)!;
                        yield return new GpuKernel(
                            $"{NameOf(pass)} {tile.Name[4..]} {(tensor ? "tf32" : "fp32")} {(isAsync ? "async" : "plain")}{(quads ? "x4" : "x1")}",
                            run.MakeGenericMethod(pass, tile, inner, transfer), threads, (int)sizes.GetMethod("ResidentBlocks")!.Invoke(null, [registers])!, isAsync ? Ampere : Volta,
                            isAsync ? int.MaxValue : Ampere - 1, tensor, tensor && quads && (bool)pass.GetProperty("IsMain")!.GetValue(null)!);
                    }
                }
            }
        }
    }

    private static IEnumerable<GpuKernel> Others() =>
        from type in typeof(GpuCatalog).Assembly.GetTypes()
        where type.Namespace == typeof(GpuKernel).Namespace && type.IsAbstract && type.IsSealed && type.Name.StartsWith("Gpu", StringComparison.Ordinal)
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where method.ReturnType == typeof(void) && method.Name != nameof(GpuProduct.Run)
        from closed in Close(method)
        select new GpuKernel(
            $"{type.Name[3..]}.{method.Name}{(closed.IsGenericMethod ? " " + closed.GetGenericArguments()[0].Name : "")}", closed, GpuIndex.MaxGroup, 0, Volta, int.MaxValue, false, false);

    /// <summary>A type with every choice of its type parameters that their constraints allow.</summary>
    private static IEnumerable<Type> Close(Type type) => type.IsGenericTypeDefinition ? Choices(type.GetGenericArguments()).Select(type.MakeGenericType) : [type];

    private static IEnumerable<MethodInfo> Close(MethodInfo method) =>
        method.IsGenericMethodDefinition ? Choices(method.GetGenericArguments()).Select(method.MakeGenericMethod) : [method];

    private static IEnumerable<Type[]> Choices(Type[] parameters) => parameters.Aggregate(
        (IEnumerable<Type[]>)[[]],
        (chosen, parameter) => chosen.SelectMany(c => Implementations(parameter.GetGenericParameterConstraints().First(t => t.IsInterface)).Select(t => (Type[])[.. c, t])));

    /// <summary>A pass's name, with what is done to its operands.</summary>
    private static string NameOf(Type pass) =>
        string.Join(' ', [pass.Name.Split('`')[0], .. pass.GetGenericArguments().Where(a => a != typeof(AsStored)).Select(a => a.Name)]);

    private static IEnumerable<Type> Implementations(Type contract) => typeof(GpuCatalog).Assembly.GetTypes()
        .Where(t => t.IsValueType && t.GetInterfaces().Any(i => i == contract || (i.IsGenericType && i.GetGenericTypeDefinition() == contract)))
        .OrderBy(t => t.Name, StringComparer.Ordinal);
}
