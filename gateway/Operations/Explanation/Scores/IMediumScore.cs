using Sensorium.Core.Encoding;

namespace Sensorium.Gateway.Operations.Explanation.Scores;

/// <summary>What is explained: one number that an encoded medium has. Parts of the medium carry it if it falls without them.</summary>
internal interface IMediumScore
{
    /// <summary>The score is read off the features, which then are asked for.</summary>
    bool ReadsFeatures => false;

    /// <exception cref="Core.Errors.SensoriumException">The medium is of another space.</exception>
    double Of(EncodedMedia medium);
}
