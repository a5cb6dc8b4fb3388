using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Sensorium.Deciders.Blocks;

namespace Sensorium.Deciders.Learning;

/// <param name="Weights">One for each place of a row.</param>
internal sealed record LinearModel(float[] Weights, double Bias)
{
    public double Score(FeatureRow row) => row.Dot(Weights) + Bias;
}

/// <summary>What makes log-odds of scores: <c>Slope * score + Offset</c>.</summary>
internal readonly record struct Calibration(double Slope, double Offset)
{
    // As if the slope were known to lie within 0.3 of 1.
    private const double NearOne = 1 / (0.3 * 0.3);

    public double LogOdds(double score) => Slope * score + Offset;

    /// <summary>Of what should be log-odds already.</summary>
    /// <param name="logOdds">By models that had not seen the case.</param>
    /// <param name="labels">One for each.</param>
    /// <param name="times">How often each case is there.</param>
    public static Calibration TowardsOne(double[] logOdds, bool[] labels, int times)
    {
        var fitted = RidgeLogistic.Fit([logOdds], labels, 1, NearOne * times);
        return new Calibration(Math.Max(0, fitted[0]), fitted[1]);
    }
}

/// <summary>The trainer and the calibrator: logistic regression by L-BFGS, and Platt's method. Equal cases give equal models.</summary>
internal sealed class LinearTrainer
{
    private const int MostIterations = 200;
    private readonly MLContext _ml = new(seed: 1);

    /// <param name="rows">Of one block.</param>
    /// <param name="labels">One for each row.</param>
    /// <param name="width">Of the block.</param>
    /// <param name="strength">Of the squared penalty on weights.</param>
    public LinearModel Train(IReadOnlyList<FeatureRow> rows, IReadOnlyList<bool> labels, int width, float strength)
    {
        var schema = SchemaDefinition.Create(typeof(Example));
        schema[nameof(Example.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, width);
        var examples = rows.Select((row, i) => new Example
        {
            Label = labels[i],
            Features = row.Indices is null
                ? new VBuffer<float>(width, row.Values)
                : new VBuffer<float>(width, row.Values.Length, row.Values, row.Indices),
        });
        var trainer = _ml.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
        {
            L1Regularization = 0,
            L2Regularization = strength,
            MaximumNumberOfIterations = MostIterations,
            OptimizationTolerance = 1e-6f,
            NumberOfThreads = 1,
        });
        var model = trainer.Fit(_ml.Data.LoadFromEnumerable(examples, schema)).Model.SubModel;
        return new LinearModel([.. model.Weights], model.Bias);
    }

    public Calibration Calibrate(IReadOnlyList<double> scores, IReadOnlyList<bool> labels)
    {
        var data = _ml.Data.LoadFromEnumerable(scores.Select((score, i) => new Scored { Score = (float)score, Label = labels[i] }));
        var fitted = _ml.BinaryClassification.Calibrators.Platt().Fit(data);
        var platt = ((ISingleFeaturePredictionTransformer<PlattCalibrator>)fitted).Model;

        // Its probability is 1 / (1 + exp(slope * score + offset)). Scores that point the wrong way say nothing.
        return platt.Slope < 0 ? new Calibration(-platt.Slope, -platt.Offset) : new Calibration(0, LogOddsOf(labels));
    }

    private static double LogOddsOf(IReadOnlyList<bool> labels)
    {
        var share = (labels.Count(label => label) + 1.0) / (labels.Count + 2);
        return Math.Log(share / (1 - share));
    }

    private sealed class Example
    {
        public bool Label { get; set; }

        public VBuffer<float> Features { get; set; }
    }

    private sealed class Scored
    {
        public float Score { get; set; }

        public bool Label { get; set; }
    }
}
