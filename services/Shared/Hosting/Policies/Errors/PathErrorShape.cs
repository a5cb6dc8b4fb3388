using Microsoft.AspNetCore.Http;

namespace Sensorium.Hosting.Policies.Errors;

/// <summary>The shape of failures at and below a path where nothing is served: clients of a face also ask for what it does not have.</summary>
public sealed record PathErrorShape(PathString Path, IErrorShape Shape);
