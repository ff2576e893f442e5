namespace CudaNoisy.Training;

/// <summary>A corrupted label becomes a similar class (Patrini et al., CVPR 2017). CIFAR-10: truck to automobile, bird to airplane, cat and dog, deer to horse.
/// CIFAR-100: the next class of the same superclass, in a circle. Fashion-MNIST: T-shirt to shirt, pullover to coat, coat to pullover, sandal to sneaker, ankle boot
/// to sneaker. Any other data set: the next class, in a circle.</summary>
public sealed class AsymmetricNoise : INoiseModel
{
    private static readonly string[] Superclasses =
    [
        "beaver dolphin otter seal whale",
        "aquarium_fish flatfish ray shark trout",
        "orchid poppy rose sunflower tulip",
        "bottle bowl can cup plate",
        "apple mushroom orange pear sweet_pepper",
        "clock keyboard lamp telephone television",
        "bed chair couch table wardrobe",
        "bee beetle butterfly caterpillar cockroach",
        "bear leopard lion tiger wolf",
        "bridge castle house road skyscraper",
        "cloud forest mountain plain sea",
        "camel cattle chimpanzee elephant kangaroo",
        "fox porcupine possum raccoon skunk",
        "crab lobster snail spider worm",
        "baby boy girl man woman",
        "crocodile dinosaur lizard snake turtle",
        "hamster mouse rabbit shrew squirrel",
        "maple_tree oak_tree palm_tree pine_tree willow_tree",
        "bicycle bus motorcycle pickup_truck train",
        "lawn_mower rocket streetcar tank tractor",
    ];

    private static readonly Dictionary<string, string> Similar = new()
    {
        ["truck"] = "automobile",
        ["bird"] = "airplane",
        ["cat"] = "dog",
        ["dog"] = "cat",
        ["deer"] = "horse",
        ["T-shirt/top"] = "Shirt",
        ["Pullover"] = "Coat",
        ["Coat"] = "Pullover",
        ["Sandal"] = "Sneaker",
        ["Ankle boot"] = "Sneaker",
    };

    /// <inheritdoc/>
    public TransitionMatrix Matrix(IReadOnlyList<string> classes, double p, NumpyRandomState random)
    {
        var matrix = TransitionMatrix.Diagonal(classes.Count, 0);
        var index = classes.Select((name, i) => (name, i)).ToDictionary(c => c.name, c => c.i);
        var targets = Targets(classes);
        foreach (var (from, to) in targets)
        {
            matrix[index[from], index[from]] = 1 - p;
            matrix[index[from], index[to]] = p;
        }

        return matrix;
    }

    private static IEnumerable<(string From, string To)> Targets(IReadOnlyList<string> classes)
    {
        var known = classes.ToHashSet();
        var superclasses = Superclasses.Select(s => s.Split(' ')).ToArray();
        if (classes.Count == 100 && superclasses.SelectMany(s => s).All(known.Contains))
            return superclasses.SelectMany(s => s.Select((name, i) => (name, s[(i + 1) % s.Length])));
        var similar = Similar.Where(s => known.Contains(s.Key) && known.Contains(s.Value)).Select(s => (s.Key, s.Value)).ToArray();
        return classes.Count == 10 && similar.Length == 5 ? similar : classes.Select((name, i) => (name, classes[(i + 1) % classes.Count]));
    }
}
