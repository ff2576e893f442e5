using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>A batch in a method's hands: how to put its images into a network's input, and its labels on the device.</summary>
/// <param name="LoadInto">Writes the images into the given input; may be called more than once.</param>
/// <param name="Labels">The given labels.</param>
public readonly record struct StepBatch(Action<Tensor> LoadInto, DeviceView<int> Labels);
